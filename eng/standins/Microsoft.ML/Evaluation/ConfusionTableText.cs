using System.Globalization;
using System.Text;
using Microsoft.ML.Data;

namespace Microsoft.ML.Evaluation;

/// <summary>A confusion table as text, one row for each true class.</summary>
internal static class ConfusionTableText
{
    private const int NarrowestHead = 9;

    public static string Of(ConfusionMatrix matrix, IReadOnlyList<string> names, bool binary)
    {
        int classes = names.Count;
        int width = classes == 2 ? 8 : 5;
        int longest = names.Max(name => name.Length);
        // Names that would not fit a column's head are replaced by their numbers there, and get them in front in the rows.
        bool numbered = longest > width;
        int digits = numbered ? Invariant($"{classes - 1}").Length : 0;
        int head = Math.Max(NarrowestHead, longest + (numbered ? digits + 2 : 0));
        string pad = new(' ', head - NarrowestHead);
        string line = string.Concat(Enumerable.Repeat(classes > 2 ? "========" : "===========", classes));

        var text = new StringBuilder();
        if (binary && classes == 2)
        {
            text.Append(Balance(matrix, names[0]));
        }
        text.AppendLine().AppendLine("Confusion table");
        text.AppendLine(Invariant($"          {pad}||{line}"));
        text.Append(Invariant($"PREDICTED {pad}||"));
        for (int i = 0; i < classes; i++)
        {
            text.Append(Invariant($" {(numbered ? Invariant($"{i}") : names[i]).PadLeft(width)} |"));
        }
        text.AppendLine(" Recall");
        text.AppendLine(Invariant($"TRUTH     {pad}||{line}"));
        for (int i = 0; i < classes; i++)
        {
            string name = numbered ? Invariant($"{i}").PadLeft(digits) + ". " + names[i].PadLeft(head - digits - 2) : names[i].PadLeft(head);
            text.Append(Invariant($"{name} ||"));
            foreach (double count in matrix.Counts[i])
            {
                text.Append(Invariant($" {count.ToString("N0", CultureInfo.InvariantCulture).PadLeft(width)} |"));
            }
            text.AppendLine(Invariant($" {matrix.PerClassRecall[i],5:F4}"));
        }
        text.AppendLine(Invariant($"          {pad}||{line}"));
        text.Append(Invariant($"Precision {pad}||"));
        foreach (double precision in matrix.PerClassPrecision)
        {
            text.Append(Invariant($"{precision.ToString("N4", CultureInfo.InvariantCulture).PadLeft(width + 1)} |"));
        }
        return text.AppendLine().ToString();
    }

    private static string Balance(ConfusionMatrix matrix, string positive)
    {
        double positives = matrix.Counts[0].Sum();
        double negatives = matrix.Counts[1].Sum();
        return Invariant($"TEST {positive.ToUpperInvariant()} RATIO:\t{positives / (positives + negatives):N4} ({positives:F1}/({positives:F1}+{negatives:F1}))");
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
