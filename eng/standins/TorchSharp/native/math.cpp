// Arithmetic, comparisons, reductions and linear algebra: tables of libtorch's methods.
#include "bridge.h"

#include <limits>

#define UNARY(name) \
    EXPORT Handle tensor_##name(Handle a) { return tensor_from([&] { return a->name(); }); }
#define UNARY_IN_PLACE(name) \
    EXPORT bool tensor_##name##_(Handle a) { return done([&] { a->name##_(); }); }
#define UNARY_BOTH(name) UNARY(name) UNARY_IN_PLACE(name)

UNARY_BOTH(abs) UNARY_BOTH(neg) UNARY_BOTH(exp) UNARY_BOTH(log) UNARY_BOTH(sqrt) UNARY_BOTH(rsqrt) UNARY_BOTH(reciprocal)
UNARY_BOTH(sigmoid) UNARY_BOTH(tanh) UNARY_BOTH(relu) UNARY_BOTH(floor) UNARY_BOTH(ceil) UNARY_BOTH(sin) UNARY_BOTH(cos)
UNARY_BOTH(sign) UNARY_BOTH(erf) UNARY_BOTH(log1p) UNARY_BOTH(log2) UNARY_BOTH(bitwise_not) UNARY_BOTH(logical_not)
UNARY_BOTH(round)
UNARY(isnan) UNARY(isinf) UNARY(isfinite) UNARY(clone) UNARY(detach) UNARY(contiguous) UNARY(all) UNARY(any) UNARY(max) UNARY(min)
UNARY(argmax) UNARY(argmin) UNARY(mean) UNARY(median) UNARY(det) UNARY(trace)
UNARY_IN_PLACE(zero)

// a.name(b) with a tensor and with a number, each also in place.
#define BINARY_TENSOR(name) \
    EXPORT Handle tensor_##name(Handle a, Handle b) { return tensor_from([&] { return a->name(*b); }); }
#define BINARY_NUMBER(name) \
    EXPORT Handle tensor_##name##_number(Handle a, Number b) { return tensor_from([&] { return a->name(scalar(b)); }); }
#define BINARY_TENSOR_IN_PLACE(name) \
    EXPORT bool tensor_##name##_(Handle a, Handle b) { return done([&] { a->name##_(*b); }); }
#define BINARY_NUMBER_IN_PLACE(name) \
    EXPORT bool tensor_##name##_number_(Handle a, Number b) { return done([&] { a->name##_(scalar(b)); }); }
#define BINARY(name) BINARY_TENSOR(name) BINARY_NUMBER(name) BINARY_TENSOR_IN_PLACE(name) BINARY_NUMBER_IN_PLACE(name)

BINARY(mul) BINARY(pow) BINARY(remainder) BINARY(eq) BINARY(ne) BINARY(lt) BINARY(le) BINARY(gt) BINARY(ge)
BINARY_TENSOR(matmul) BINARY_TENSOR(mm) BINARY_TENSOR(bmm) BINARY_TENSOR(mv) BINARY_TENSOR(dot) BINARY_TENSOR(outer)
BINARY_TENSOR(maximum) BINARY_TENSOR(minimum)
BINARY_TENSOR(bitwise_and) BINARY_TENSOR(bitwise_or) BINARY_TENSOR(bitwise_xor)
BINARY_TENSOR(logical_and) BINARY_TENSOR(logical_or)

// a + alpha b and a - alpha b.
#define SCALED(name)                                                                                                              \
    EXPORT Handle tensor_##name(Handle a, Handle b, Number alpha) { return tensor_from([&] { return a->name(*b, scalar(alpha)); }); } \
    EXPORT Handle tensor_##name##_number(Handle a, Number b, Number alpha) {                                                      \
        return tensor_from([&] { return a->name(scalar(b), scalar(alpha)); });                                                    \
    }                                                                                                                             \
    EXPORT bool tensor_##name##_(Handle a, Handle b, Number alpha) { return done([&] { a->name##_(*b, scalar(alpha)); }); }       \
    EXPORT bool tensor_##name##_number_(Handle a, Number b, Number alpha) { return done([&] { a->name##_(scalar(b), scalar(alpha)); }); }
SCALED(add) SCALED(sub)

namespace {
// RoundingMode of managed code: none, towards zero, down.
Maybe<c10::string_view> rounding(int32_t mode) {
    return mode == 0 ? Maybe<c10::string_view>() : Maybe<c10::string_view>(mode == 1 ? "trunc" : "floor");
}
}

EXPORT Handle tensor_div(Handle a, Handle b, int32_t mode) { return tensor_from([&] { return a->div(*b, rounding(mode)); }); }
EXPORT Handle tensor_div_number(Handle a, Number b, int32_t mode) { return tensor_from([&] { return a->div(scalar(b), rounding(mode)); }); }
EXPORT bool tensor_div_(Handle a, Handle b, int32_t mode) { return done([&] { a->div_(*b, rounding(mode)); }); }
EXPORT bool tensor_div_number_(Handle a, Number b, int32_t mode) { return done([&] { a->div_(scalar(b), rounding(mode)); }); }

EXPORT bool tensor_fill_(Handle a, Number value) { return done([&] { a->fill_(scalar(value)); }); }
EXPORT bool tensor_addcmul_(Handle a, Handle b, Handle c, Number value) { return done([&] { a->addcmul_(*b, *c, scalar(value)); }); }
EXPORT bool tensor_addcdiv_(Handle a, Handle b, Handle c, Number value) { return done([&] { a->addcdiv_(*b, *c, scalar(value)); }); }
EXPORT Handle tensor_addcmul(Handle a, Handle b, Handle c, Number value) { return tensor_from([&] { return a->addcmul(*b, *c, scalar(value)); }); }
EXPORT Handle tensor_addcdiv(Handle a, Handle b, Handle c, Number value) { return tensor_from([&] { return a->addcdiv(*b, *c, scalar(value)); }); }
EXPORT Handle tensor_lerp(Handle a, Handle end, Handle weight) { return tensor_from([&] { return a->lerp(*end, *weight); }); }
EXPORT bool tensor_lerp_(Handle a, Handle end, Handle weight) { return done([&] { a->lerp_(*end, *weight); }); }
EXPORT Handle tensor_clamp(Handle a, Number low, Number high) { return tensor_from([&] { return a->clamp(maybe_scalar(low), maybe_scalar(high)); }); }
EXPORT bool tensor_clamp_(Handle a, Number low, Number high) { return done([&] { a->clamp_(maybe_scalar(low), maybe_scalar(high)); }); }
EXPORT Handle tensor_clamp_tensor(Handle a, Handle low, Handle high) {
    return tensor_from([&] {
        return a->clamp(low ? Maybe<at::Tensor>(*low) : Maybe<at::Tensor>(), high ? Maybe<at::Tensor>(*high) : Maybe<at::Tensor>());
    });
}

EXPORT Handle tensor_sum(Handle a, int8_t type) { return tensor_from([&] { return a->sum(maybe_type(type)); }); }
EXPORT Handle tensor_sum_dims(Handle a, const int64_t* dims, int32_t count, bool keepdim, int8_t type) {
    return tensor_from([&] { return a->sum(list(dims, count), keepdim, maybe_type(type)); });
}
EXPORT Handle tensor_mean_dims(Handle a, const int64_t* dims, int32_t count, bool keepdim, int8_t type) {
    return tensor_from([&] { return a->mean(list(dims, count), keepdim, maybe_type(type)); });
}
EXPORT Handle tensor_var(Handle a, bool unbiased) { return tensor_from([&] { return a->var(unbiased); }); }
EXPORT Handle tensor_std(Handle a, bool unbiased) { return tensor_from([&] { return a->std(unbiased); }); }
EXPORT Handle tensor_var_dims(Handle a, const int64_t* dims, int32_t count, bool unbiased, bool keepdim) {
    return tensor_from([&] { return a->var(list(dims, count), unbiased, keepdim); });
}
EXPORT Handle tensor_std_dims(Handle a, const int64_t* dims, int32_t count, bool unbiased, bool keepdim) {
    return tensor_from([&] { return a->std(list(dims, count), unbiased, keepdim); });
}
EXPORT Handle tensor_norm(Handle a, float p) { return tensor_from([&] { return a->norm(p); }); }
EXPORT Handle tensor_cumsum(Handle a, int64_t dim, int8_t type) { return tensor_from([&] { return a->cumsum(dim, maybe_type(type)); }); }
EXPORT Handle tensor_logsumexp(Handle a, int64_t dim, bool keepdim) { return tensor_from([&] { return a->logsumexp(dim, keepdim); }); }
EXPORT Handle tensor_softmax(Handle a, int64_t dim, int8_t type) { return tensor_from([&] { return a->softmax(dim, maybe_type(type)); }); }
EXPORT Handle tensor_log_softmax(Handle a, int64_t dim, int8_t type) { return tensor_from([&] { return a->log_softmax(dim, maybe_type(type)); }); }

#define ALONG(name) \
    EXPORT Handle tensor_##name##_dim(Handle a, int64_t dim, bool keepdim) { return tensor_from([&] { return a->name(dim, keepdim); }); }
ALONG(all) ALONG(any) ALONG(argmax) ALONG(argmin)

// Values and where they stand.
#define WITH_INDICES(name, parameters, expression)                             \
    EXPORT bool tensor_##name parameters {                                     \
        return done([&] {                                                      \
            auto result = expression;                                          \
            *values = new at::Tensor(std::move(std::get<0>(result)));          \
            *indices = new at::Tensor(std::move(std::get<1>(result)));         \
        });                                                                    \
    }
WITH_INDICES(max_dim, (Handle a, int64_t dim, bool keepdim, Handle* values, Handle* indices), a->max(dim, keepdim))
WITH_INDICES(min_dim, (Handle a, int64_t dim, bool keepdim, Handle* values, Handle* indices), a->min(dim, keepdim))
WITH_INDICES(topk, (Handle a, int64_t k, int64_t dim, bool largest, bool sorted, Handle* values, Handle* indices), a->topk(k, dim, largest, sorted))
WITH_INDICES(sort, (Handle a, int64_t dim, bool descending, bool stable, Handle* values, Handle* indices), a->sort(stable, dim, descending))

EXPORT Handle linalg_norm(Handle a, Number order, const int64_t* dims, int32_t count, bool keepdim) {
    return tensor_from([&] {
        return at::linalg_norm(*a, maybe_scalar(order), count == 0 ? at::OptionalIntArrayRef() : at::OptionalIntArrayRef(list(dims, count)), keepdim);
    });
}

EXPORT Handle linalg_norm_named(Handle a, const char* order, const int64_t* dims, int32_t count, bool keepdim) {
    return tensor_from([&] {
        return at::linalg_norm(*a, c10::string_view(order), count == 0 ? at::OptionalIntArrayRef() : at::OptionalIntArrayRef(list(dims, count)), keepdim);
    });
}

EXPORT bool linalg_svd(Handle a, bool full, Handle* u, Handle* s, Handle* vh) {
    return done([&] {
        auto [left, values, right] = at::linalg_svd(*a, full);
        *u = new at::Tensor(left);
        *s = new at::Tensor(values);
        *vh = new at::Tensor(right);
    });
}

EXPORT Handle linalg_svdvals(Handle a) { return tensor_from([&] { return at::linalg_svdvals(*a); }); }
