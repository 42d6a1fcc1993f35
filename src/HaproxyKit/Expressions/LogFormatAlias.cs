using HaproxyKit.Catalog;

namespace HaproxyKit.Expressions;

/// <summary>An alias of log formats, what <c>%name</c> stands for (configuration manual, chapter 8.2, custom log format).</summary>
/// <param name="Name">The name without the percent sign, for example <c>ci</c>.</param>
/// <param name="RequiresHttp">Whether it is legal in <c>mode http</c> alone.</param>
/// <param name="Since">The first version that has it; null for 2.6 and older ones.</param>
public readonly record struct LogFormatAlias(string Name, bool RequiresHttp, HaproxyVersion? Since = null);
