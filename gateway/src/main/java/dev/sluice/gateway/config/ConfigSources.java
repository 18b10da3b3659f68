package dev.sluice.gateway.config;

import dev.sluice.gateway.config.ConfigFiles.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The files of a configuration, for people to read and to change from afar: what is secret in them
 * is covered on the way out, and put back on the way in. Thread-safe; two who write at once must be
 * kept apart by the caller.
 */
public final class ConfigSources {

  /** A version names the bytes without telling them: a plain digest could be guessed against. */
  private static final String DIGEST = "HmacSHA256";

  private final ConfigLoader loader;
  private final Path path;
  private final Environment environment;
  private final SecretMask mask;
  private final SecretKeySpec key;
  private final FileReplacement.Disk disk;

  /** For the file, or directory of files, that a gateway was started with. */
  public ConfigSources(ConfigLoader loader, Path fileOrDirectory, Environment environment) {
    this(loader, fileOrDirectory, environment, FileReplacement.DISK);
  }

  ConfigSources(
      ConfigLoader loader, Path path, Environment environment, FileReplacement.Disk disk) {
    this.loader = loader;
    this.path = path;
    this.environment = environment;
    this.mask = new SecretMask(loader.secretOptions());
    this.disk = disk;
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, DIGEST);
  }

  /**
   * All files as they are now.
   *
   * @param version changes with any of them, and with every start of the gateway
   */
  public record Listing(String version, List<SourceFile> files) {}

  /**
   * A file as people may see it.
   *
   * @param name its name within the folder
   * @param path where it is
   * @param text what it holds, secrets covered; null if it can't be shown
   * @param secrets how many secrets stand in it
   * @param hidden why it can't be shown, or null
   * @param readOnly why it can't be changed from here, or null
   */
  public record SourceFile(
      String name,
      String path,
      @Nullable String text,
      int secrets,
      @Nullable String hidden,
      @Nullable String readOnly) {}

  /** What came of a changed version of some of the files. */
  public sealed interface Draft {

    /** It has mistakes. */
    record Invalid(List<Problem> problems) implements Draft {}

    /** The files have changed since the version that it was made from. */
    record Stale() implements Draft {}

    /** It can be used. Contains secrets. */
    final class Valid implements Draft {

      private final GatewayConfig config;
      private final Map<Path, byte[]> contents;

      private Valid(GatewayConfig config, Map<Path, byte[]> contents) {
        this.config = config;
        this.contents = contents;
      }

      public GatewayConfig config() {
        return config;
      }
    }
  }

  /** What a file held when it was looked at. */
  private record Held(Path path, byte @Nullable [] bytes, @Nullable String text, String fault) {}

  /**
   * The files as they are.
   *
   * @throws IOException if the directory can't be listed
   */
  public Listing list() throws IOException {
    Map<String, Held> held = held();
    List<SourceFile> files = new ArrayList<>();
    held.forEach((name, file) -> files.add(shown(name, file)));
    return new Listing(version(held), List.copyOf(files));
  }

  private SourceFile shown(String name, Held file) {
    String path = file.path().toAbsolutePath().normalize().toString();
    String readOnly = FileReplacement.obstacle(file.path()).orElse(null);
    if (file.text() == null) {
      return new SourceFile(name, path, null, 0, file.fault(), readOnly);
    }
    return mask.mask(name, file.text())
        .map(masked -> new SourceFile(name, path, masked.text(), masked.count(), null, readOnly))
        .orElseGet(
            () ->
                new SourceFile(
                    name,
                    path,
                    null,
                    0,
                    "the file is no YAML, so nobody can tell which parts of it are secret",
                    readOnly));
  }

  /**
   * Checks changed files together with the others, and writes nothing.
   *
   * @param changed new texts by the names of files, secrets covered as they were shown
   * @param version that the texts were made from; empty takes whatever is there
   * @throws NoSuchElementException if there is no such file; its message is the name
   * @throws IOException if the directory can't be listed
   */
  public Draft check(Map<String, String> changed, Optional<String> version) throws IOException {
    Map<String, Held> held = held();
    changed.keySet().stream()
        .filter(name -> !held.containsKey(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new NoSuchElementException(name);
            });
    if (version.isPresent() && !version.get().equals(version(held))) {
      return new Draft.Stale();
    }
    Problems problems = new Problems();
    changed.forEach((name, text) -> checkSize(name, text, problems));
    if (!problems.isEmpty()) {
      return new Draft.Invalid(problems.sorted(new Secrets()));
    }
    Map<String, RestoredText> restored = new TreeMap<>();
    List<Source> sources = new ArrayList<>();
    Map<Path, byte[]> contents = new LinkedHashMap<>();
    held.forEach(
        (name, file) -> {
          String text = changed.get(name);
          if (text != null) {
            String original = file.text() == null ? "" : file.text();
            RestoredText whole = mask.restore(name, original, text, problems);
            restored.put(name, whole);
            sources.add(new Source(name, whole.text()));
            contents.put(file.path(), whole.text().getBytes(StandardCharsets.UTF_8));
            checkSize(name, whole.text(), problems);
          } else if (file.text() != null) {
            sources.add(new Source(name, file.text()));
            asShown(name, file.text()).ifPresent(whole -> restored.put(name, whole));
          } else {
            problems.add(Place.wholeFile(name), Pointer.ROOT, file.fault(), "mend the file");
          }
        });
    ConfigResult result = loader.load(sources, ConfigFiles.folder(path), environment);
    List<Problem> found = new ArrayList<>(problems.sorted(new Secrets()));
    return switch (result) {
      case ConfigResult.Valid valid when found.isEmpty() ->
          new Draft.Valid(valid.config(), contents);
      case ConfigResult.Valid valid -> new Draft.Invalid(List.copyOf(found));
      case ConfigResult.Invalid invalid -> {
        for (Problem problem : invalid.problems()) {
          RestoredText text = restored.get(problem.file());
          found.add(text == null ? problem : text.asSeen(problem));
        }
        yield new Draft.Invalid(found.stream().sorted().distinct().toList());
      }
    };
  }

  /** A file that stays as it is, as people see it; empty if they can't. */
  private Optional<RestoredText> asShown(String name, String text) {
    return mask.mask(name, text)
        .map(masked -> mask.restore(name, text, masked.text(), new Problems()))
        .filter(whole -> whole.text().equals(text));
  }

  private static void checkSize(String name, String text, Problems problems) {
    if (text.getBytes(StandardCharsets.UTF_8).length > FileReads.MAX_BYTES) {
      problems.add(
          Place.wholeFile(name), Pointer.ROOT, "the file is larger than 1 MiB", "split it");
    }
  }

  /**
   * Writes the files of a draft. All are on disk beside the old ones before the first takes its
   * place; what takes its place does so as a whole, and is durable when this returns.
   *
   * @throws PartlyWrittenException if one can't be written, and others have been
   * @throws IOException if none can be written; all are as before
   */
  public void write(Draft.Valid draft) throws IOException {
    Map<String, FileReplacement> replacements = new LinkedHashMap<>();
    try {
      for (Map.Entry<Path, byte[]> content : draft.contents.entrySet()) {
        Path file = content.getKey();
        replacements.put(name(file), FileReplacement.prepare(file, content.getValue(), disk));
      }
      carryOut(replacements);
    } finally {
      replacements.values().forEach(FileReplacement::close);
    }
  }

  private static void carryOut(Map<String, FileReplacement> replacements) throws IOException {
    try {
      for (FileReplacement replacement : replacements.values()) {
        replacement.carryOut();
      }
    } catch (IOException failure) {
      List<String> written = new ArrayList<>();
      List<String> left = new ArrayList<>();
      replacements.forEach((name, one) -> (one.isInPlace() ? written : left).add(name));
      throw written.isEmpty() ? failure : new PartlyWrittenException(written, left, failure);
    }
  }

  private Map<String, Held> held() throws IOException {
    FileReads reads = new FileReads();
    Map<String, Held> held = new TreeMap<>();
    for (Path file : ConfigFiles.list(path).stream().limit(ConfigFiles.MAX_FILES).toList()) {
      held.put(name(file), held(file, reads));
    }
    return held;
  }

  private static String name(Path file) {
    Path name = file.getFileName();
    return name == null ? file.toString() : name.toString();
  }

  private static Held held(Path file, FileReads reads) {
    try {
      String text = reads.text(file);
      return new Held(file, text.getBytes(StandardCharsets.UTF_8), text, "");
    } catch (IOException e) {
      return new Held(file, null, null, FileReads.explain(file, e).message());
    }
  }

  private String version(Map<String, Held> held) {
    try {
      Mac digest = Mac.getInstance(DIGEST);
      digest.init(key);
      held.forEach(
          (name, file) -> {
            add(digest, name.getBytes(StandardCharsets.UTF_8));
            byte[] bytes = file.bytes();
            add(digest, bytes == null ? file.fault().getBytes(StandardCharsets.UTF_8) : bytes);
          });
      return HexFormat.of().formatHex(digest.doFinal(), 0, 16);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void add(Mac digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }
}
