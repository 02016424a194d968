using System.Xml.Linq;

namespace FeatureReuse;

/// <summary>Builds elements of HTML and SVG.</summary>
internal static class HtmlElements
{
    /// <summary>Creates an element.</summary>
    /// <param name="name">The name of the element.</param>
    /// <param name="content">Text, elements and sequences of them. Pairs of strings are attributes; null is left out.</param>
    public static XElement Element(XName name, params IEnumerable<object?> content)
        => new(name, content.Select(part => part is (string attribute, string value) ? new XAttribute(attribute, value) : part));
}
