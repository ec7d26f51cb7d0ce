namespace Logits.Data;

/// <summary>Writes a file whole or not at all.</summary>
public static class WholeFile
{
    /// <summary>
    /// Writes to a temporary file in the folder of <paramref name="path"/>, flushes it to the disk and renames it, so that <paramref name="path"/> holds either
    /// what it held before or all of the new content. On any failure the temporary file is removed. A device such as /dev/stdout is written to directly.
    /// </summary>
    /// <param name="path">The file to create or replace; of a symbolic link, what it points to.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="TableException">The file cannot be written: no such folder, no permission, a directory of that name, a full disk.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        try
        {
            if (Directory.Exists(path))
                throw new TableException($"{path} is a directory and cannot be written to. Name a file in it.");
            string target = File.Exists(path) && File.ResolveLinkTarget(path, returnFinalTarget: true) is { } linked ? linked.FullName : Path.GetFullPath(path);
            if (target.StartsWith("/dev/", StringComparison.Ordinal) && File.Exists(target))
            {
                using FileStream device = new(target, FileMode.Open, FileAccess.Write);
                write(device);
                return;
            }
            if (!Directory.Exists(Path.GetDirectoryName(target)))
                throw new TableException($"{path} cannot be written: there is no folder {Path.GetDirectoryName(target)}. Create it first.");
            Replace(target, write);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new TableException($"There is no permission to write {path}. Choose another place, or change the permissions of its folder.", error);
        }
        catch (IOException error)
        {
            throw new TableException($"{path} cannot be written: {Reason(error)}. What was there before is unchanged.", error);
        }
    }

    /// <summary>The system's reason, without the name of the temporary file that it may go on with.</summary>
    private static string Reason(IOException error) => error.Message.Split(" : '")[0].TrimEnd('.', ' ');

    private static void Replace(string target, Action<Stream> write)
    {
        string temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            if (!OperatingSystem.IsWindows() && File.Exists(target))
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
