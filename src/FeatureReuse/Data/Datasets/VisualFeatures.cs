namespace FeatureReuse;

/// <summary>Names the features that tell the classes of generated images apart; features combine.</summary>
/// <remarks>Each feature has four levels, in this order; a task with fewer levels uses the first ones.</remarks>
[Flags]
public enum VisualFeatures
{
    /// <summary>No features; not valid for a task.</summary>
    None = 0,

    /// <summary>The direction of the stripes behind the figure: horizontal, vertical, rising, falling.</summary>
    Orientation = 1,

    /// <summary>The width of the stripes behind the figure: broad, fine, medium, narrow.</summary>
    SpatialFrequency = 2,

    /// <summary>The colour of the figure: red, blue, green, yellow.</summary>
    Colour = 4,

    /// <summary>The outline of the figure: disc, cross, triangle, ring.</summary>
    Shape = 8,

    /// <summary>All four features.</summary>
    All = Orientation | SpatialFrequency | Colour | Shape,
}
