// Parts of tensors, their shapes, and tensors put together.
#include "bridge.h"

#include <ATen/TensorIndexing.h>

#define SHAPE(name, parameters, expression) \
    EXPORT Handle tensor_##name parameters { return tensor_from([&] { return expression; }); }

SHAPE(t, (Handle a), a->t())
SHAPE(transpose, (Handle a, int64_t dim0, int64_t dim1), a->transpose(dim0, dim1))
SHAPE(permute, (Handle a, const int64_t* dims, int32_t count), a->permute(list(dims, count)))
SHAPE(view, (Handle a, const int64_t* shape, int32_t dims), a->view(list(shape, dims)))
SHAPE(reshape, (Handle a, const int64_t* shape, int32_t dims), a->reshape(list(shape, dims)))
SHAPE(expand, (Handle a, const int64_t* shape, int32_t dims, bool implicit), a->expand(list(shape, dims), implicit))
SHAPE(repeat, (Handle a, const int64_t* counts, int32_t dims), a->repeat(list(counts, dims)))
SHAPE(flip, (Handle a, const int64_t* dims, int32_t count), a->flip(list(dims, count)))
SHAPE(flatten, (Handle a, int64_t start, int64_t end), a->flatten(start, end))
SHAPE(squeeze, (Handle a), a->squeeze())
SHAPE(squeeze_dim, (Handle a, int64_t dim), a->squeeze(dim))
SHAPE(unsqueeze, (Handle a, int64_t dim), a->unsqueeze(dim))
SHAPE(narrow, (Handle a, int64_t dim, int64_t start, int64_t length), a->narrow(dim, start, length))
SHAPE(select, (Handle a, int64_t dim, int64_t index), a->select(dim, index))
SHAPE(slice, (Handle a, int64_t dim, int64_t start, int64_t end, int64_t step), a->slice(dim, start, end, step))
SHAPE(index_select, (Handle a, int64_t dim, Handle index), a->index_select(dim, *index))
SHAPE(gather, (Handle a, int64_t dim, Handle index), a->gather(dim, *index))
SHAPE(where, (Handle condition, Handle x, Handle y), at::where(*condition, *x, *y))
SHAPE(masked_fill, (Handle a, Handle mask, Number value), a->masked_fill(*mask, scalar(value)))
SHAPE(diag, (Handle a, int64_t diagonal), a->diag(diagonal))
SHAPE(cat, (const Handle* parts, int32_t count, int64_t dim), at::cat(tensors(parts, count), dim))
SHAPE(stack, (const Handle* parts, int32_t count, int64_t dim), at::stack(tensors(parts, count), dim))

namespace {
// One index as managed code passes it; kind: 0 new axis, 1 ellipsis, 2 integer, 3 truth value, 4 slice, 5 tensor.
struct Index {
    int64_t start;
    int64_t stop;
    int64_t step;
    Handle tensor;
    int32_t kind;
};

std::vector<at::indexing::TensorIndex> indices(const Index* from, int32_t count) {
    using namespace at::indexing;
    std::vector<TensorIndex> result;
    result.reserve(count);
    for (const Index* index = from; index != from + count; index++) {
        switch (index->kind) {
        case 0: result.emplace_back(None); break;
        case 1: result.emplace_back(Ellipsis); break;
        case 2: result.emplace_back(index->start); break;
        case 3: result.emplace_back(index->start != 0); break;
        case 4: result.emplace_back(Slice(index->start, index->stop, index->step)); break;
        default: result.emplace_back(*index->tensor); break;
        }
    }
    return result;
}
}

EXPORT Handle tensor_index(Handle a, const Index* from, int32_t count) {
    return tensor_from([&] { return a->index(indices(from, count)); });
}

EXPORT bool tensor_index_put_(Handle a, const Index* from, int32_t count, Handle value) {
    return done([&] { a->index_put_(indices(from, count), *value); });
}

EXPORT bool tensor_index_put_number_(Handle a, const Index* from, int32_t count, Number value) {
    return done([&] { a->index_put_(indices(from, count), scalar(value)); });
}
