using Microsoft.ML.Data;

namespace Microsoft.ML.Evaluation;

/// <summary>One pass over scored rows that sums up their errors.</summary>
internal static class RegressionEvaluator
{
    public static RegressionMetrics Evaluate(IDataView data, string labelName, string scoreName)
    {
        DataViewSchema.Column label = Checks.Bound(data.Schema, "Label", labelName);
        DataViewSchema.Column score = Checks.Bound(data.Schema, "Score", scoreName);
        if (score.Type != NumberDataViewType.Single)
        {
            throw Checks.Mismatch("schema", "score", scoreName, "Single", score.Type.ToString()!);
        }
        if (label.Type != NumberDataViewType.Single)
        {
            throw Checks.Mismatch("schema", "label", labelName, "Single", label.Type.ToString()!);
        }

        double rows = 0;
        double absolute = 0;
        double squared = 0;
        double loss = 0;
        double labels = 0;
        double squaredLabels = 0;
        using (DataViewRowCursor cursor = data.GetRowCursor([label, score]))
        {
            ValueGetter<float> readLabel = cursor.GetGetter<float>(label);
            ValueGetter<float> readScore = cursor.GetGetter<float>(score);
            float truth = 0;
            float output = 0;
            while (cursor.MoveNext())
            {
                readLabel(ref truth);
                readScore(ref output);
                if (float.IsNaN(truth) || float.IsNaN(output))
                {
                    continue;
                }
                // The loss and the squared labels are products of Singles, and rounded as such.
                float difference = output - truth;
                double error = Math.Abs((double)truth - output);
                rows++;
                absolute += error;
                squared += error * error;
                loss += difference * difference;
                labels += truth;
                squaredLabels += truth * truth;
            }
        }
        double variation = squaredLabels - (labels * labels / rows);
        return rows > 0
            ? new RegressionMetrics(absolute / rows, squared / rows, loss / rows, variation == 0 ? double.NaN : 1 - (squared / variation))
            : new RegressionMetrics(0, 0, 0, 0);
    }
}
