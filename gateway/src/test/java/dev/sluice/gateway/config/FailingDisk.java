package dev.sluice.gateway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Fails from a call on. */
final class FailingDisk implements FileReplacement.Disk {

  private final List<String> moved = new ArrayList<>();
  private int left;

  FailingDisk(int calls) {
    left = calls;
  }

  List<String> moved() {
    return List.copyOf(moved);
  }

  private void count() throws IOException {
    if (left-- <= 0) {
      throw new IOException("no space left");
    }
  }

  @Override
  public void write(Path file, byte[] content) throws IOException {
    Path unused = Files.write(file, new byte[] {content[0]});
    count();
    Path ignored = Files.write(file, content);
  }

  @Override
  public void copyRights(Path from, Path to) throws IOException {
    count();
    FileReplacement.DISK.copyRights(from, to);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    count();
    FileReplacement.DISK.move(from, to);
    moved.add(String.valueOf(to.getFileName()));
  }

  @Override
  public void force(Path directory) throws IOException {
    count();
    FileReplacement.DISK.force(directory);
  }
}
