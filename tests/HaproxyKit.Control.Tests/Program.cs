using HaproxyKit.Control.Tests.Faults;
using HaproxyKit.Control.Tests.Support;

return args switch
{
    ["child", .. var work] => await ChildProcess.RunAsync(work),
    [ApplierProgram.Name, .. var work] => await ApplierProgram.RunAsync(work),
    _ => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args),
};
