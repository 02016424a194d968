// A tensor's properties, its data, its gradient, and conversions.
#include "bridge.h"

#include <algorithm>

EXPORT void tensor_free(Handle a) { delete a; }
EXPORT Handle tensor_alias(Handle a) { return tensor_from([&] { return *a; }); }

EXPORT int64_t tensor_dim(Handle a) { return a->dim(); }
EXPORT int64_t tensor_numel(Handle a) { return a->numel(); }
EXPORT int64_t tensor_element_size(Handle a) { return static_cast<int64_t>(a->element_size()); }
EXPORT int8_t tensor_type(Handle a) { return static_cast<int8_t>(a->scalar_type()); }
EXPORT int32_t tensor_device_type(Handle a) { return static_cast<int32_t>(a->device().type()); }
EXPORT int32_t tensor_device_index(Handle a) { return a->device().index(); }
EXPORT bool tensor_is_contiguous(Handle a) { return a->is_contiguous(); }
EXPORT bool tensor_is_leaf(Handle a) { return a->is_leaf(); }
EXPORT bool tensor_requires_grad(Handle a) { return a->requires_grad(); }
EXPORT void tensor_sizes(Handle a, int64_t* to) { std::copy(a->sizes().begin(), a->sizes().end(), to); }
EXPORT void tensor_strides(Handle a, int64_t* to) { std::copy(a->strides().begin(), a->strides().end(), to); }
EXPORT bool tensor_size(Handle a, int64_t dim, int64_t* size) { return done([&] { *size = a->size(dim); }); }
EXPORT bool tensor_data(Handle a, void** data) { return done([&] { *data = a->data_ptr(); }); }
EXPORT bool tensor_item(Handle a, Number* value) { return done([&] { *value = number(a->item()); }); }
EXPORT bool tensor_allclose(Handle a, Handle b, double rtol, double atol, bool equal_nan, bool* result) {
    return done([&] { *result = a->allclose(*b, rtol, atol, equal_nan); });
}
EXPORT bool tensor_same(Handle a, Handle b, bool* result) { return done([&] { *result = a->equal(*b); }); }

EXPORT bool tensor_set_requires_grad(Handle a, bool value) { return done([&] { a->set_requires_grad(value); }); }
EXPORT bool tensor_retain_grad(Handle a) { return done([&] { a->retain_grad(); }); }
EXPORT bool tensor_backward(Handle a) { return done([&] { a->backward(); }); }
EXPORT bool tensor_set_grad(Handle a, Handle grad) { return done([&] { a->mutable_grad() = optional_tensor(grad); }); }

// Null without an error where there is no gradient.
EXPORT Handle tensor_grad(Handle a) {
    return a->grad().defined() ? tensor_from([&] { return a->grad(); }) : nullptr;
}

// Fills the gradients that exist with zeros.
EXPORT bool zero_grads(const Handle* parameters, int32_t count) {
    return done([&] {
        c10::AutoGradMode frozen(false);
        for (int32_t i = 0; i < count; i++) {
            at::Tensor& grad = parameters[i]->mutable_grad();
            if (grad.defined()) {
                grad.zero_();
            }
        }
    });
}

EXPORT Handle tensor_to(Handle a, int8_t type, int64_t device, bool copy, bool non_blocking) {
    return tensor_from([&] {
        return a->to(device == no_device ? a->device() : device_of(device), maybe_type(type).value_or(a->scalar_type()), non_blocking, copy);
    });
}

EXPORT bool tensor_copy_(Handle a, Handle source, bool non_blocking) { return done([&] { a->copy_(*source, non_blocking); }); }
EXPORT bool tensor_set_(Handle a, Handle source) { return done([&] { a->set_(*source); }); }
