using Microsoft.ML.Mapping;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.Linear;

namespace Microsoft.ML.Data;

/// <summary>Adds the most probable class and the probabilities of all.</summary>
public sealed class MulticlassPredictionTransformer<TModel> : ColumnTransformer where TModel : class
{
    private readonly LinearScores _scores;
    private readonly string _features;
    private readonly DataViewSchema.Column _label;

    internal MulticlassPredictionTransformer(TModel model, LinearScores scores, string features, DataViewSchema.Column label)
        => (Model, _scores, _features, _label) = (model, scores, features, label);

    public TModel Model { get; }

    private protected override void Write(BinaryWriter writer)
    {
        writer.Write(_features);
        _scores.Write(writer);
        var builder = new DataViewSchema.Builder();
        builder.AddColumns([_label]);
        SavedSchema.Write(writer, builder.ToSchema());
    }

    private static MulticlassPredictionTransformer<TModel> Read(BinaryReader reader)
    {
        string features = reader.ReadString();
        LinearScores scores = LinearScores.Read(reader);
        var model = (TModel)Activator.CreateInstance(typeof(TModel), System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic, null, [scores], null)!;
        return new(model, scores, features, SavedSchema.Read(reader)[0]);
    }

    private protected override ColumnMapping Bind(DataViewSchema input)
    {
        uint setId = ScoreAnnotations.NextSetId(input);
        DataViewSchema.Annotations.Builder predicted = ScoreAnnotations.Start(setId, "MulticlassClassification", "PredictedLabel");
        DataViewSchema.Annotations.Builder score = ScoreAnnotations.Start(setId, "MulticlassClassification", "Score");
        if (_label.Annotations.Schema.GetColumnOrNull("KeyValues") is { Type: VectorDataViewType values } annotation && values.Size == _scores.Outputs)
        {
            Delegate getter = TypeDispatch.Call<Delegate>(typeof(MulticlassPredictionTransformer<TModel>), this, nameof(KeyValues), [values.ItemType.RawType], annotation);
            predicted.Add("KeyValues", values, getter);
            if (values.ItemType is TextDataViewType)
            {
                score.Add("SlotNames", values, getter);
            }
            score.Add("TrainingLabelValues", values, getter);
        }
        return new Mapping(input, TrainerColumns.CheckedFeatures(input, _features, _scores.FeatureCount), _scores,
        [
            new("PredictedLabel", new KeyDataViewType(typeof(uint), _scores.Outputs), predicted.ToAnnotations()),
            new("Score", new VectorDataViewType(NumberDataViewType.Single, _scores.Outputs), score.ToAnnotations()),
        ]);
    }

    private Delegate KeyValues<T>(DataViewSchema.Column annotation) => _label.Annotations.GetGetter<VBuffer<T>>(annotation);

    private sealed class Mapping(DataViewSchema input, DataViewSchema.Column features, LinearScores scores, DataViewSchema.DetachedColumn[] added) : ColumnMapping(input, added)
    {
        public override IEnumerable<DataViewSchema.Column> DependenciesOf(int added) => [features];

        public override Delegate CreateGetter(int added, DataViewRow input)
        {
            ValueGetter<VBuffer<float>> read = input.GetGetter<VBuffer<float>>(features);
            VBuffer<float> row = default;
            if (added == 0)
            {
                var values = new float[scores.Outputs];
                return (ValueGetter<uint>)((ref uint label) =>
                {
                    read(ref row);
                    scores.Of(row, values);
                    label = Array.Exists(values, float.IsNaN) ? 0 : (uint)Array.IndexOf(values, values.Max()) + 1;
                });
            }
            return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> probabilities) =>
            {
                read(ref row);
                VBufferEditor<float> editor = VBufferEditor.Create(ref probabilities, scores.Outputs);
                scores.Of(row, editor.Values);
                LinearScores.Softmax(editor.Values);
                probabilities = editor.Commit();
            });
        }
    }
}
