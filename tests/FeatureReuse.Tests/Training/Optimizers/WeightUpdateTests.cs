using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FeatureReuse.Tests.Training.Optimizers;

/// <summary>Our steps beside those of TorchSharp's optimisers.</summary>
[TestClass]
public sealed class WeightUpdateTests
{
    [TestMethod]
    [DataRow(Optimizer.Sgd, 0, 0)]
    [DataRow(Optimizer.Sgd, .9, .01)]
    [DataRow(Optimizer.Adam, 0, 0)]
    [DataRow(Optimizer.Adam, 0, .1)]
    [DataRow(Optimizer.AdamW, 0, .1)]
    public void Five_steps_are_those_of_TorchSharp(Optimizer optimizer, double momentum, double decay)
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter own = nn.Parameter(tensor([1f, -2, .5f, 0]));
        Parameter other = nn.Parameter(own.detach().clone());
        using var update = WeightUpdate.Create(new() { Optimizer = optimizer, Momentum = momentum,
            Regularization = new() { WeightDecay = decay } }, [new("layer", [own], [])]);
        using optim.Optimizer reference = optimizer switch
        {
            Optimizer.Sgd => optim.SGD([other], .1, momentum, 0, decay),
            Optimizer.Adam => optim.Adam([other], .1, weight_decay: decay),
            _ => optim.AdamW([other], .1, weight_decay: decay),
        };
        for (int step = 0; step < 5; step++)
        {
            update.ClearGradients();
            reference.zero_grad();
            own.pow(tensor(4f)).sum().backward();
            other.pow(tensor(4f)).sum().backward();
            update.Step(_ => .1);
            reference.step();
            TensorAssert.AreClose(other.detach(), own.detach(), rtol: 1e-6, atol: 1e-7, $"weights after step {step + 1}");
        }
    }

    [TestMethod]
    [DataRow(Optimizer.Sgd)]
    [DataRow(Optimizer.Adam)]
    [DataRow(Optimizer.AdamW)]
    public void Memory_goes_on_in_another_update_to_the_same_bits(Optimizer optimizer)
    {
        using DisposeScope scope = NewDisposeScope();
        TrainingOptions options = new() { Optimizer = optimizer, Momentum = .9 };
        Parameter straight = nn.Parameter(tensor([1f, -2, .5f]));
        using var whole = WeightUpdate.Create(options, [new("layer", [straight], [])]);
        Parameter interrupted = nn.Parameter(straight.detach().clone());
        using var before = WeightUpdate.Create(options, [new("layer", [interrupted], [])]);
        void Step(WeightUpdate update, Parameter weight)
        {
            update.ClearGradients();
            weight.mul(weight).sum().backward();
            update.Step(_ => .1);
        }
        for (int i = 0; i < 3; i++)
        {
            Step(whole, straight);
            Step(before, interrupted);
        }
        using var after = WeightUpdate.Create(options, [new("layer", [interrupted], [])]);
        after.Restore(before.Memory.ToDictionary(entry => entry.Name, entry => entry.Value));
        for (int i = 0; i < 3; i++)
        {
            Step(whole, straight);
            Step(after, interrupted);
        }
        CollectionAssert.AreEqual(straight.detach().data<float>().ToArray(), interrupted.detach().data<float>().ToArray());
    }

    [TestMethod]
    public void A_weight_without_a_gradient_rests_also_where_it_has_momentum()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter weight = nn.Parameter(ones(2));
        using var update = WeightUpdate.Create(new() { Momentum = .9, Regularization = new() { WeightDecay = .1 } },
            [new("layer", [weight], [])]);
        weight.sum().backward();
        update.Step(_ => .1);
        float[] moved = weight.detach().data<float>().ToArray();
        update.ClearGradients();
        update.Step(_ => .1);
        CollectionAssert.AreEqual(moved, weight.detach().data<float>().ToArray());
    }
}
