using HaproxyKit.Control.Tests.Faults;
using HaproxyKit.Control.Tests.Support;

return args switch
{
    ["child", .. var work] => await ChildProcess.RunAsync(work),
    [ApplierProgram.Name, .. var work] => await ApplierProgram.RunAsync(work),
    [ApplierProgram.DyingName, .. var work] => await ApplierProgram.DieAsync(work),
    _ => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args),
};
