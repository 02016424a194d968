// Layers, losses and initialisation.
#include "bridge.h"

#include <ATen/Context.h>
#include <c10/core/GradMode.h>

#include <cmath>

EXPORT Handle nn_linear(Handle x, Handle weight, Handle bias) {
    return tensor_from([&] { return at::linear(*x, *weight, optional_tensor(bias)); });
}

EXPORT Handle nn_conv2d(Handle x, Handle weight, Handle bias, const int64_t* stride, int32_t strides, const int64_t* padding,
                        int32_t paddings, const int64_t* dilation, int32_t dilations, int64_t groups) {
    return tensor_from([&] {
        return at::conv2d(*x, *weight, optional_tensor(bias), list(stride, strides), list(padding, paddings), list(dilation, dilations), groups);
    });
}

EXPORT Handle nn_conv2d_same(Handle x, Handle weight, Handle bias, const int64_t* stride, int32_t strides, const int64_t* dilation,
                             int32_t dilations, int64_t groups) {
    return tensor_from([&] {
        return at::conv2d(*x, *weight, optional_tensor(bias), list(stride, strides), "same", list(dilation, dilations), groups);
    });
}

// batches counts the batches seen in training; it and the running statistics may be absent.
EXPORT Handle nn_batch_norm(Handle x, Handle weight, Handle bias, Handle mean, Handle variance, Handle batches, bool training,
                            double momentum, double eps) {
    return tensor_from([&] {
        if (training) {
            const int64_t channels = x->dim() > 1 ? x->size(1) : 1;
            TORCH_CHECK_VALUE(channels == 0 || x->numel() / channels != 1,
                              "Expected more than 1 value per channel when training, got input size ", x->sizes());
            if (batches) {
                c10::AutoGradMode frozen(false);
                batches->add_(1);
            }
        }
        return at::batch_norm(*x, optional_tensor(weight), optional_tensor(bias), optional_tensor(mean), optional_tensor(variance),
                              training, momentum, eps, at::globalContext().userEnabledCuDNN());
    });
}

EXPORT Handle nn_layer_norm(Handle x, const int64_t* shape, int32_t dims, Handle weight, Handle bias, double eps) {
    return tensor_from([&] { return at::layer_norm(*x, list(shape, dims), optional_tensor(weight), optional_tensor(bias), eps); });
}

EXPORT Handle nn_max_pool2d(Handle x, const int64_t* kernel, int32_t kernels, const int64_t* stride, int32_t strides,
                            const int64_t* padding, int32_t paddings, const int64_t* dilation, int32_t dilations, bool ceil_mode) {
    return tensor_from([&] {
        return at::max_pool2d(*x, list(kernel, kernels), list(stride, strides), list(padding, paddings), list(dilation, dilations), ceil_mode);
    });
}

EXPORT Handle nn_avg_pool2d(Handle x, const int64_t* kernel, int32_t kernels, const int64_t* stride, int32_t strides,
                            const int64_t* padding, int32_t paddings, bool ceil_mode, bool count_include_pad, int64_t divisor) {
    return tensor_from([&] {
        return at::avg_pool2d(*x, list(kernel, kernels), list(stride, strides), list(padding, paddings), ceil_mode, count_include_pad,
                              divisor == 0 ? Maybe<int64_t>() : Maybe<int64_t>(divisor));
    });
}

EXPORT Handle nn_adaptive_avg_pool2d(Handle x, const int64_t* size, int32_t sizes) {
    return tensor_from([&] { return at::adaptive_avg_pool2d(*x, list(size, sizes)); });
}

EXPORT Handle nn_gelu(Handle x) { return tensor_from([&] { return at::gelu(*x); }); }

EXPORT Handle nn_dropout(Handle x, double p, bool training, bool in_place) {
    return tensor_from([&] { return in_place ? at::dropout_(*x, p, training) : at::dropout(*x, p, training); });
}

EXPORT Handle nn_pad(Handle x, const int64_t* pad, int32_t count, const char* mode, double value) {
    return tensor_from([&] {
        return at::pad(*x, list(pad, count), mode, c10::string_view(mode) == "constant" ? Maybe<double>(value) : Maybe<double>());
    });
}

EXPORT Handle nn_one_hot(Handle x, int64_t classes) { return tensor_from([&] { return at::one_hot(*x, classes); }); }

EXPORT Handle nn_cross_entropy(Handle x, Handle target, Handle weight, int64_t ignore_index, int64_t reduction, double smoothing) {
    return tensor_from([&] { return at::cross_entropy_loss(*x, *target, optional_tensor(weight), reduction, ignore_index, smoothing); });
}

EXPORT Handle nn_nll_loss(Handle x, Handle target, Handle weight, int64_t reduction) {
    return tensor_from([&] { return at::nll_loss_nd(*x, *target, optional_tensor(weight), reduction, -100); });
}

EXPORT Handle nn_mse_loss(Handle x, Handle target, int64_t reduction) {
    return tensor_from([&] {
        const auto both = at::broadcast_tensors({*x, *target});
        return at::mse_loss(both[0], both[1], reduction);
    });
}

EXPORT bool tensor_normal_(Handle a, double mean, double deviation, GeneratorHandle generator) {
    return done([&] { a->normal_(mean, deviation, maybe_generator(generator)); });
}

EXPORT bool tensor_uniform_(Handle a, double low, double high, GeneratorHandle generator) {
    return done([&] { a->uniform_(low, high, maybe_generator(generator)); });
}

EXPORT bool tensor_bernoulli_(Handle a, double p, GeneratorHandle generator) {
    return done([&] { a->bernoulli_(p, maybe_generator(generator)); });
}

// Normal, drawn again where outside [low, high]: by the inverse of the distribution function.
EXPORT bool init_trunc_normal_(Handle a, double mean, double deviation, double low, double high) {
    return done([&] {
        c10::AutoGradMode frozen(false);
        const auto below = [&](double x) { return (1 + std::erf((x - mean) / deviation / std::sqrt(2.0))) / 2; };
        a->uniform_(2 * below(low) - 1, 2 * below(high) - 1).erfinv_().mul_(deviation * std::sqrt(2.0)).add_(mean).clamp_(low, high);
    });
}

EXPORT bool clip_grad_norm_(const Handle* parameters, int32_t count, double max_norm, double order, double* norm) {
    return done([&] {
        c10::AutoGradMode frozen(false);
        std::vector<at::Tensor> grads, norms;
        for (int32_t i = 0; i < count; i++) {
            if (parameters[i]->grad().defined()) {
                grads.push_back(parameters[i]->grad());
                norms.push_back(grads.back().norm(order));
            }
        }
        if (grads.empty()) {
            *norm = 0;
            return;
        }
        *norm = std::isinf(order) ? at::stack(norms).max().item<double>() : at::stack(norms).norm(order).item<double>();
        const double factor = max_norm / (*norm + 1e-6);
        if (factor < 1) {
            for (at::Tensor& grad : grads) {
                grad.mul_(factor);
            }
        }
    });
}
