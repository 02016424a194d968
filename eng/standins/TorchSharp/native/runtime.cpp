// What concerns the whole process: errors, version, threads, seeds, devices, gradient mode.
#include "bridge.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <ATen/CPUGeneratorImpl.h>
#include <c10/core/GradMode.h>
#include <c10/core/impl/VirtualGuardImpl.h>

#include <cstring>
#include <string>

namespace {
thread_local std::string message;
thread_local bool failed = false;

void keep(const char* text) {
    message = text;
    failed = true;
}
}

void note_failure() noexcept {
    try {
        throw;
    } catch (const c10::Error& error) {
        keep(error.what_without_backtrace());
    } catch (const std::exception& error) {
        keep(error.what());
    } catch (...) {
        keep("libtorch failed without saying why");
    }
}

// The message of this thread's last failure, or null; asking clears it.
EXPORT const char* last_error() {
    if (!failed) {
        return nullptr;
    }
    failed = false;
    return message.c_str();
}

// The version that the bridge was compiled against.
EXPORT const char* compiled_version() { return TORCH_VERSION; }

// The version of the libtorch that is loaded, as its build settings tell it; empty where they do not.
EXPORT const char* loaded_version() {
    static const std::string version = [] {
        const std::string settings = at::show_config();
        const std::string key = "TORCH_VERSION=";
        const size_t at = settings.find(key);
        if (at == std::string::npos) {
            return std::string();
        }
        const size_t start = at + key.size();
        return settings.substr(start, settings.find_first_of(", \n", start) - start);
    }();
    return version.c_str();
}

at::Scalar scalar(Number number) {
    switch (number.kind) {
    case 1: return number.bits;
    case 2: {
        double value;
        std::memcpy(&value, &number.bits, sizeof value);
        return value;
    }
    case 3: return number.bits != 0;
    default: throw std::invalid_argument("a number is wanted, not null");
    }
}

Maybe<at::Scalar> maybe_scalar(Number number) {
    return number.kind == 0 ? Maybe<at::Scalar>() : Maybe<at::Scalar>(scalar(number));
}

Number number(const at::Scalar& scalar) {
    if (scalar.isBoolean()) {
        return {scalar.to<bool>(), 3};
    }
    if (scalar.isIntegral(false)) {
        return {scalar.to<int64_t>(), 1};
    }
    const double value = scalar.to<double>();
    Number result{0, 2};
    std::memcpy(&result.bits, &value, sizeof value);
    return result;
}

at::Device device_of(int64_t code) {
    return {static_cast<at::DeviceType>(code >> 32), static_cast<c10::DeviceIndex>(static_cast<int32_t>(code))};
}

EXPORT int32_t threads() { return at::get_num_threads(); }
EXPORT bool set_threads(int32_t count) { return done([&] { at::set_num_threads(count); }); }
EXPORT int32_t interop_threads() { return at::get_num_interop_threads(); }
EXPORT bool set_interop_threads(int32_t count) { return done([&] { at::set_num_interop_threads(count); }); }

EXPORT bool gradients_enabled() { return c10::GradMode::is_enabled(); }
EXPORT void enable_gradients(bool enabled) { c10::GradMode::set_enabled(enabled); }

EXPORT bool cuda_available() { return at::hasCUDA(); }
EXPORT int32_t cuda_devices() { return at::hasCUDA() ? c10::impl::VirtualGuardImpl(at::kCUDA).deviceCount() : 0; }

EXPORT bool cuda_seed(int64_t seed) {
    return done([&] {
        for (int32_t i = 0; i < cuda_devices(); i++) {
            at::Generator generator = at::globalContext().defaultGenerator({at::kCUDA, static_cast<c10::DeviceIndex>(i)});
            std::lock_guard<std::mutex> lock(generator.mutex());
            generator.set_current_seed(seed);
        }
    });
}

EXPORT bool cuda_synchronize(int32_t index) {
    return done([&] {
        TORCH_CHECK(at::hasCUDA(), "libtorch has no CUDA here");
        const int current = c10::impl::VirtualGuardImpl(at::kCUDA).getDevice().index();
        at::detail::getCUDAHooks().deviceSynchronize(index < 0 ? current : index);
    });
}

// Seeds the default generators of all devices.
EXPORT bool seed(int64_t seed) { return done([&] { at::manual_seed(seed); }); }

EXPORT GeneratorHandle default_generator() { return new at::Generator(at::detail::getDefaultCPUGenerator()); }

EXPORT GeneratorHandle new_generator(uint64_t seed, int64_t device) {
    try {
        if (device_of(device).is_cpu()) {
            return new at::Generator(at::detail::createCPUGenerator(seed));
        }
        at::Generator generator = at::globalContext().defaultGenerator(device_of(device)).clone();
        generator.set_current_seed(seed);
        return new at::Generator(std::move(generator));
    } catch (...) {
        note_failure();
        return nullptr;
    }
}

EXPORT void free_generator(GeneratorHandle generator) { delete generator; }

EXPORT bool generator_seed(GeneratorHandle generator, uint64_t seed) {
    return done([&] {
        std::lock_guard<std::mutex> lock(generator->mutex());
        generator->set_current_seed(seed);
    });
}

EXPORT int64_t generator_initial_seed(GeneratorHandle generator) { return static_cast<int64_t>(generator->current_seed()); }
