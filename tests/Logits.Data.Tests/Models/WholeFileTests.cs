using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;

namespace Logits.Data.Tests.Models;

public sealed class WholeFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static void Write(string path, string text) => WholeFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private static string Refusal(string path, Action<Stream>? write = null) =>
        Assert.Throws<TableException>(() => WholeFile.Write(path, write ?? (stream => stream.WriteByte(1)))).Message;

    [Fact]
    public void A_file_is_created_and_replaced()
    {
        Write(_folder["a.txt"], "one");
        Write(_folder["a.txt"], "two");
        Assert.Equal("two", File.ReadAllText(_folder["a.txt"]));
        Assert.Equal([_folder["a.txt"]], Directory.GetFileSystemEntries(_folder.Root));
    }

    [Fact]
    public void A_failure_leaves_what_was_there_and_nothing_else()
    {
        Write(_folder["a.txt"], "one");
        Assert.Throws<InvalidOperationException>(() => WholeFile.Write(_folder["a.txt"], stream =>
        {
            stream.Write(new byte[1000]);
            throw new InvalidOperationException();
        }));
        Assert.Equal("one", File.ReadAllText(_folder["a.txt"]));
        Assert.Equal([_folder["a.txt"]], Directory.GetFileSystemEntries(_folder.Root));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void What_a_link_points_to_is_replaced_and_the_link_stays()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        Write(_folder["a.txt"], "one");
        File.SetUnixFileMode(_folder["a.txt"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(_folder["link"], _folder["a.txt"]);
        Write(_folder["link"], "two");
        Assert.NotNull(new FileInfo(_folder["link"]).LinkTarget);
        Assert.Equal("two", File.ReadAllText(_folder["a.txt"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["a.txt"]));
    }

    [Fact]
    public void A_device_is_written_to_and_not_replaced()
    {
        Assert.SkipUnless(File.Exists("/dev/null"), "There is no /dev/null.");
        Write("/dev/null", "gone");
        Assert.Equal(0, new FileInfo("/dev/null").Length);
    }

    [Fact]
    public void A_directory_or_a_folder_that_does_not_exist_is_refused()
    {
        Assert.Contains("is a directory", Refusal(_folder.Root));
        Assert.Contains("there is no folder", Refusal(_folder["none/a.txt"]));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_place_without_permission_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such permissions.");
        // Nobody, not even the superuser, creates files in the kernel's /proc; elsewhere a read-only folder does.
        string folder = Directory.Exists("/proc/self") ? "/proc" : _folder.Root;
        if (folder == _folder.Root)
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        string message = Refusal(Path.Combine(folder, "model.json"));
        Assert.True(message.Contains("no permission to write") || message.Contains("cannot be written"), message);
    }

    [Fact]
    public void A_full_disk_leaves_what_was_there_and_nothing_else()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only the superuser of Linux can mount a small disk.");
        string disk = Directory.CreateDirectory(_folder["disk"]).FullName;
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk), "This system does not let a disk be mounted.");
        try
        {
            string path = Path.Combine(disk, "model.json");
            Write(path, "one");
            string message = Refusal(path, stream =>
            {
                for (int i = 0; i < 100; i++)
                    stream.Write(new byte[4096]);
            });
            Assert.Contains("cannot be written", message);
            Assert.Contains("unchanged", message);
            Assert.Equal("one", File.ReadAllText(path));
            Assert.Equal([path], Directory.GetFileSystemEntries(disk));
        }
        finally
        {
            Run("umount", disk);
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
