#:property PublishAot=false
// Makes ../catalog.tsv out of the files of this folder:
//
//     dotnet run src/HaproxyKit/Catalog/Sources/MakeCatalog.cs
//
// Prints what HAProxy lists and no signature row names, and what a signature row names and HAProxy does not list.
// With --check it writes nothing and fails when the table is not what it would write.
using System.Runtime.CompilerServices;
using HaproxyKit.Catalog.Sources;

var folder = Path.GetDirectoryName(Here())!;
var target = Path.Combine(folder, "..", "catalog.tsv");
var merge = CatalogMerge.Of(folder);
foreach (var note in merge.Notes)
{
    Console.WriteLine(note);
}

var made = merge.ToText();
var isCurrent = File.Exists(target) && File.ReadAllText(target) == made;
Console.WriteLine($"{merge.Rows.Count} rows, {made.Length} bytes, {(isCurrent ? "as committed" : "changed")}");
if (args is ["--check"])
{
    return isCurrent ? 0 : 1;
}

File.WriteAllText(target, made);
return 0;

static string Here([CallerFilePath] string path = "") => path;
