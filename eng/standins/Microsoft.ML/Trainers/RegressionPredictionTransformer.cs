using Microsoft.ML.Mapping;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.Linear;

namespace Microsoft.ML.Data;

/// <summary>Adds the predicted number.</summary>
public sealed class RegressionPredictionTransformer<TModel> : ColumnTransformer where TModel : class
{
    private readonly LinearScores _scores;
    private readonly string _features;

    internal RegressionPredictionTransformer(TModel model, LinearScores scores, string features) => (Model, _scores, _features) = (model, scores, features);

    public TModel Model { get; }

    private protected override void Write(BinaryWriter writer)
    {
        writer.Write(_features);
        _scores.Write(writer);
    }

    private static RegressionPredictionTransformer<TModel> Read(BinaryReader reader)
    {
        string features = reader.ReadString();
        LinearScores scores = LinearScores.Read(reader);
        return new((TModel)Activator.CreateInstance(typeof(TModel), System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic, null, [scores], null)!, scores, features);
    }

    private protected override ColumnMapping Bind(DataViewSchema input)
    {
        DataViewSchema.Annotations annotations = ScoreAnnotations.Start(ScoreAnnotations.NextSetId(input), "Regression", "Score").ToAnnotations();
        return new Mapping(input, TrainerColumns.CheckedFeatures(input, _features, _scores.FeatureCount), _scores, new("Score", NumberDataViewType.Single, annotations));
    }

    private sealed class Mapping(DataViewSchema input, DataViewSchema.Column features, LinearScores scores, DataViewSchema.DetachedColumn added) : ColumnMapping(input, [added])
    {
        public override IEnumerable<DataViewSchema.Column> DependenciesOf(int added) => [features];

        public override Delegate CreateGetter(int added, DataViewRow input)
        {
            ValueGetter<VBuffer<float>> read = input.GetGetter<VBuffer<float>>(features);
            VBuffer<float> row = default;
            return (ValueGetter<float>)((ref float score) =>
            {
                read(ref row);
                scores.Of(row, new Span<float>(ref score));
            });
        }
    }
}
