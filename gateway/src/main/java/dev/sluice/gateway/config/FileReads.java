package dev.sluice.gateway.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the files of one load, and remembers what they held as digests, so that a later look can
 * tell whether anything is different. Used by one thread.
 */
final class FileReads {

  static final int MAX_BYTES = 1024 * 1024;

  private static final String UNREADABLE = "unreadable";

  private final Map<Path, String> digests = new TreeMap<>();

  /** The files that were asked for, readable or not, with a digest of what they held. */
  Map<Path, String> digests() {
    return Map.copyOf(digests);
  }

  /**
   * The text of a file.
   *
   * @throws IOException if it can't be read, is no ordinary file, too large or not UTF-8; {@link
   *     #explain} says it in words
   */
  String text(Path file) throws IOException {
    Path key = file.toAbsolutePath().normalize();
    digests.put(key, UNREADABLE);
    byte[] bytes = bytes(file);
    digests.put(key, digest(bytes));
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  /** A digest of what a file holds now. */
  static String digest(Path file) {
    try {
      return digest(bytes(file));
    } catch (IOException e) {
      return UNREADABLE;
    }
  }

  /** Why a file could not be read, and what to do. */
  static Names.Fault explain(Path file, IOException fault) {
    String name = "the file " + file;
    return switch (fault) {
      case NoSuchFileException e ->
          new Names.Fault(name + " does not exist", "create it, or mend the path");
      case AccessDeniedException e ->
          new Names.Fault(name + " may not be read", "give this user the right to read it");
      case CharacterCodingException e ->
          new Names.Fault(name + " is not UTF-8 text", "save it as UTF-8");
      case FileSystemException e ->
          new Names.Fault(name + " can't be read: " + e.getReason(), "name another file");
      default -> new Names.Fault(name + " can't be read", "look at its disk and rights");
    };
  }

  private static byte[] bytes(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new FileSystemException(file.toString(), null, "it is no ordinary file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new FileSystemException(file.toString(), null, "it is larger than 1 MiB");
      }
      return bytes;
    }
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
