// The optimisers' steps: one call for all parameters of a group, and one pass over memory for each parameter.
#include "bridge.h"

#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>

#include <cmath>

namespace {
// Elements a thread takes at a time: large enough that starting it costs nothing.
constexpr int64_t grain = 1 << 15;

// Whether one loop over floats in memory does for all of them.
bool plain(std::initializer_list<const at::Tensor*> all) {
    for (const at::Tensor* tensor : all) {
        if (!tensor->device().is_cpu() || tensor->scalar_type() != at::kFloat || !tensor->is_contiguous()) {
            return false;
        }
    }
    return true;
}

float* data(const at::Tensor& tensor) { return static_cast<float*>(tensor.data_ptr()); }

struct Sgd {
    double rate, momentum, dampening, decay;
    bool nesterov, maximize;
};

void step(const Sgd& sgd, at::Tensor& parameter, at::Tensor grad, at::Tensor* buffer, bool first) {
    if (sgd.decay != 0) {
        grad = grad.add(parameter, sgd.decay);
    }
    if (buffer) {
        if (!first) {
            buffer->mul_(sgd.momentum).add_(grad, 1 - sgd.dampening);
        }
        grad = sgd.nesterov ? grad.add(*buffer, sgd.momentum) : *buffer;
    }
    parameter.add_(grad, sgd.maximize ? sgd.rate : -sgd.rate);
}

void plain_step(const Sgd& sgd, at::Tensor& parameter, const at::Tensor& grad, at::Tensor* buffer) {
    float* p = data(parameter);
    const float* g = data(grad);
    float* b = buffer ? data(*buffer) : nullptr;
    const float rate = static_cast<float>(sgd.maximize ? sgd.rate : -sgd.rate), momentum = static_cast<float>(sgd.momentum);
    const float fresh = static_cast<float>(1 - sgd.dampening), decay = static_cast<float>(sgd.decay);
    at::parallel_for(0, parameter.numel(), grain, [&](int64_t begin, int64_t end) {
        if (!b) {
            for (int64_t i = begin; i < end; i++) {
                p[i] += rate * (g[i] + decay * p[i]);
            }
        } else if (sgd.nesterov) {
            for (int64_t i = begin; i < end; i++) {
                const float slope = g[i] + decay * p[i];
                b[i] = momentum * b[i] + fresh * slope;
                p[i] += rate * (slope + momentum * b[i]);
            }
        } else {
            for (int64_t i = begin; i < end; i++) {
                b[i] = momentum * b[i] + fresh * (g[i] + decay * p[i]);
                p[i] += rate * b[i];
            }
        }
    });
    parameter.unsafeGetTensorImpl()->bump_version();
}

struct Adam {
    double rate, beta1, beta2, eps, decay;
    bool decoupled, maximize;  // decoupled: AdamW
};

void step(const Adam& adam, at::Tensor& parameter, at::Tensor grad, at::Tensor& mean, at::Tensor& square, at::Tensor* largest, double correction1, double correction2) {
    if (adam.maximize) {
        grad = grad.neg();
    }
    if (adam.decoupled) {
        parameter.mul_(1 - adam.rate * adam.decay);
    } else if (adam.decay != 0) {
        grad = grad.add(parameter, adam.decay);
    }
    mean.mul_(adam.beta1).add_(grad, 1 - adam.beta1);
    square.mul_(adam.beta2).addcmul_(grad, grad, 1 - adam.beta2);
    if (largest) {
        at::maximum_out(*largest, *largest, square);
    }
    const at::Tensor scale = (largest ? *largest : square).sqrt().div_(std::sqrt(correction2)).add_(adam.eps);
    parameter.addcdiv_(mean, scale, -adam.rate / correction1);
}

void plain_step(const Adam& adam, at::Tensor& parameter, const at::Tensor& grad, at::Tensor& mean, at::Tensor& square, double correction1, double correction2) {
    float* p = data(parameter);
    const float* g = data(grad);
    float* m = data(mean);
    float* v = data(square);
    const float sign = adam.maximize ? -1 : 1, shrink = static_cast<float>(adam.decoupled ? 1 - adam.rate * adam.decay : 1);
    const float decay = static_cast<float>(adam.decoupled ? 0 : adam.decay), eps = static_cast<float>(adam.eps);
    const float beta1 = static_cast<float>(adam.beta1), beta2 = static_cast<float>(adam.beta2);
    const float fresh1 = static_cast<float>(1 - adam.beta1), fresh2 = static_cast<float>(1 - adam.beta2);
    const float size = static_cast<float>(-adam.rate / correction1), root = static_cast<float>(std::sqrt(correction2));
    at::parallel_for(0, parameter.numel(), grain, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; i++) {
            const float kept = shrink * p[i];
            const float slope = sign * g[i] + decay * kept;
            m[i] = beta1 * m[i] + fresh1 * slope;
            v[i] = beta2 * v[i] + fresh2 * (slope * slope);
            p[i] = kept + size * (m[i] / (std::sqrt(v[i]) / root + eps));
        }
    });
    parameter.unsafeGetTensorImpl()->bump_version();
}
}

// buffers[i] is made at parameter i's first step, where there is momentum.
EXPORT bool optim_sgd(const Handle* parameters, Handle* buffers, int32_t count, double rate, double momentum, double dampening,
                      double decay, bool nesterov, bool maximize) {
    return done([&] {
        c10::AutoGradMode frozen(false);
        const Sgd sgd{rate, momentum, dampening, decay, nesterov, maximize};
        for (int32_t i = 0; i < count; i++) {
            at::Tensor& parameter = *parameters[i];
            const at::Tensor& grad = parameter.grad();
            if (!grad.defined()) {
                continue;
            }
            const bool first = momentum != 0 && !buffers[i];
            if (first) {
                buffers[i] = new at::Tensor(decay != 0 ? grad.add(parameter, decay) : grad.clone());
            }
            at::Tensor* buffer = momentum != 0 ? buffers[i] : nullptr;
            if (!first && plain({&parameter, &grad, buffer ? buffer : &grad})) {
                plain_step(sgd, parameter, grad, buffer);
            } else {
                step(sgd, parameter, grad, buffer, first);
            }
        }
    });
}

// largest holds the greatest second moments where AMSGrad wants them, nulls elsewhere.
EXPORT bool optim_adam(const Handle* parameters, const Handle* means, const Handle* squares, const Handle* largest, int64_t* steps,
                       int32_t count, double rate, double beta1, double beta2, double eps, double decay, bool decoupled, bool maximize) {
    return done([&] {
        c10::AutoGradMode frozen(false);
        const Adam adam{rate, beta1, beta2, eps, decay, decoupled, maximize};
        for (int32_t i = 0; i < count; i++) {
            at::Tensor& parameter = *parameters[i];
            const at::Tensor& grad = parameter.grad();
            if (!grad.defined()) {
                continue;
            }
            steps[i]++;
            const double correction1 = 1 - std::pow(beta1, steps[i]), correction2 = 1 - std::pow(beta2, steps[i]);
            if (!largest[i] && plain({&parameter, &grad, means[i], squares[i]})) {
                plain_step(adam, parameter, grad, *means[i], *squares[i], correction1, correction2);
            } else {
                step(adam, parameter, grad, *means[i], *squares[i], largest[i], correction1, correction2);
            }
        }
    });
}
