// New tensors.
#include "bridge.h"

#include <cstring>

namespace {
at::Tensor track(at::Tensor tensor, bool requires_grad) {
    return requires_grad ? tensor.set_requires_grad(true) : tensor;
}
}

// Copies size bytes of the type source into a new tensor of the type and on the device wanted.
EXPORT Handle tensor_from_data(const void* data, int64_t bytes, const int64_t* shape, int32_t dims, int8_t source, int8_t type,
                               int64_t device, bool requires_grad) {
    return tensor_from([&] {
        at::Tensor result = at::empty(list(shape, dims), at::TensorOptions().dtype(static_cast<at::ScalarType>(source)));
        if (bytes > 0) {
            std::memcpy(result.data_ptr(), data, bytes);
        }
        return track(result.to(device_of(device), static_cast<at::ScalarType>(type)), requires_grad);
    });
}

#define SHAPED(name, call)                                                                                                    \
    EXPORT Handle tensor_##name(const int64_t* shape, int32_t dims, int8_t type, int64_t device, bool requires_grad) {        \
        return tensor_from([&] { return track(call(list(shape, dims), options_of(type, device)), requires_grad); });          \
    }                                                                                                                         \
    EXPORT Handle tensor_##name##_like(Handle a, int8_t type, int64_t device, bool requires_grad) {                           \
        return tensor_from([&] { return track(call##_like(*a, options_of(type, device)), requires_grad); });                  \
    }
SHAPED(empty, at::empty)
SHAPED(zeros, at::zeros)
SHAPED(ones, at::ones)

#define RANDOM(name)                                                                                                          \
    EXPORT Handle tensor_##name(const int64_t* shape, int32_t dims, int8_t type, int64_t device, bool requires_grad,          \
                                GeneratorHandle generator) {                                                                  \
        return tensor_from([&] {                                                                                              \
            return track(at::name(list(shape, dims), maybe_generator(generator), options_of(type, device)), requires_grad);   \
        });                                                                                                                   \
    }                                                                                                                         \
    EXPORT Handle tensor_##name##_like(Handle a, int8_t type, int64_t device, bool requires_grad) {                           \
        return tensor_from([&] { return track(at::name##_like(*a, options_of(type, device)), requires_grad); });              \
    }
RANDOM(rand)
RANDOM(randn)

EXPORT Handle tensor_randint(int64_t low, int64_t high, const int64_t* shape, int32_t dims, int8_t type, int64_t device,
                             bool requires_grad, GeneratorHandle generator) {
    return tensor_from([&] {
        return track(at::randint(low, high, list(shape, dims), maybe_generator(generator), options_of(type, device)), requires_grad);
    });
}

EXPORT Handle tensor_randperm(int64_t count, int8_t type, int64_t device, bool requires_grad, GeneratorHandle generator) {
    return tensor_from([&] { return track(at::randperm(count, maybe_generator(generator), options_of(type, device)), requires_grad); });
}

EXPORT Handle tensor_full(const int64_t* shape, int32_t dims, Number value, int8_t type, int64_t device, bool requires_grad) {
    return tensor_from([&] { return track(at::full(list(shape, dims), scalar(value), options_of(type, device)), requires_grad); });
}

EXPORT Handle tensor_full_like(Handle a, Number value, int8_t type, int64_t device, bool requires_grad) {
    return tensor_from([&] { return track(at::full_like(*a, scalar(value), options_of(type, device)), requires_grad); });
}

EXPORT Handle tensor_arange(Number start, Number stop, Number step, int8_t type, int64_t device, bool requires_grad) {
    return tensor_from([&] {
        return track(at::arange(scalar(start), scalar(stop), scalar(step), options_of(type, device)), requires_grad);
    });
}

EXPORT Handle tensor_linspace(double start, double end, int64_t steps, int8_t type, int64_t device, bool requires_grad) {
    return tensor_from([&] { return track(at::linspace(start, end, steps, options_of(type, device)), requires_grad); });
}

EXPORT Handle tensor_eye(int64_t rows, int64_t columns, int8_t type, int64_t device, bool requires_grad) {
    return tensor_from([&] { return track(at::eye(rows, columns, options_of(type, device)), requires_grad); });
}
