using HaproxyKit.Control.Tests.Support;

return args is ["child", .. var work]
    ? await ChildProcess.RunAsync(work)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
