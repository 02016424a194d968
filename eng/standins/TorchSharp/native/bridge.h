// What every part of the bridge shares: handles, numbers, devices, and exceptions that become a message.
#pragma once

#include <ATen/ATen.h>
#include <torch/version.h>

#include <optional>

#if TORCH_VERSION_MAJOR < 1 || (TORCH_VERSION_MAJOR == 1 && TORCH_VERSION_MINOR < 13)
#error "libtorch 1.13 or newer is wanted"
#endif

#define EXPORT extern "C" __attribute__((visibility("default")))

// libtorch moved from its own optional to the standard one.
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
template <class T> using Maybe = std::optional<T>;
#else
template <class T> using Maybe = c10::optional<T>;
#endif

using Handle = at::Tensor*;
using GeneratorHandle = at::Generator*;

// A number as managed code passes it: nothing, an integer, a real (as its bits) or a truth value.
struct Number {
    int64_t bits;
    int32_t kind;
};

// Keeps the message of the exception being handled for last_error().
void note_failure() noexcept;

// Runs body, and gives its tensor a handle; null after an exception.
template <class Body> Handle tensor_from(Body body) noexcept {
    try {
        return new at::Tensor(body());
    } catch (...) {
        note_failure();
        return nullptr;
    }
}

// Runs body; false after an exception.
template <class Body> bool done(Body body) noexcept {
    try {
        body();
        return true;
    } catch (...) {
        note_failure();
        return false;
    }
}

Maybe<at::Scalar> maybe_scalar(Number number);
at::Scalar scalar(Number number);
Number number(const at::Scalar& scalar);

// A device as managed code passes it: type << 32 | index. no_device stands for none.
constexpr int64_t no_device = INT64_MIN;
at::Device device_of(int64_t code);

// A type as managed code passes it; -1 stands for none.
inline Maybe<at::ScalarType> maybe_type(int8_t type) {
    return type < 0 ? Maybe<at::ScalarType>() : Maybe<at::ScalarType>(static_cast<at::ScalarType>(type));
}

inline at::TensorOptions options_of(int8_t type, int64_t device) {
    return at::TensorOptions().dtype(static_cast<at::ScalarType>(type)).device(device_of(device));
}

inline at::IntArrayRef list(const int64_t* values, int32_t count) {
    return {values, static_cast<size_t>(count)};
}

// A tensor that may be absent: libtorch takes an undefined tensor for none.
inline at::Tensor optional_tensor(Handle handle) {
    return handle ? *handle : at::Tensor();
}

inline std::vector<at::Tensor> tensors(const Handle* handles, int32_t count) {
    std::vector<at::Tensor> result;
    result.reserve(count);
    for (int32_t i = 0; i < count; i++) {
        result.push_back(*handles[i]);
    }
    return result;
}

inline Maybe<at::Generator> maybe_generator(GeneratorHandle generator) {
    return generator ? Maybe<at::Generator>(*generator) : Maybe<at::Generator>();
}
