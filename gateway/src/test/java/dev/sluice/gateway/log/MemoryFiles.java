package dev.sluice.gateway.log;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Private files in memory, all guarded by this object's monitor. */
public final class MemoryFiles implements PrivateFiles {

  private final Map<String, byte[]> files = new TreeMap<>();

  @Override
  public synchronized Optional<byte[]> read(String name) {
    return Optional.ofNullable(files.get(name)).map(byte[]::clone);
  }

  @Override
  public synchronized void write(String name, byte[] content) {
    files.put(name, content.clone());
  }

  @Override
  public synchronized void delete(String name) {
    files.remove(name);
  }

  @Override
  public synchronized Set<String> names() {
    return Set.copyOf(files.keySet());
  }

  @Override
  public void tidy() {} // No write fails here.
}
