package dev.sluice.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.gateway.config.ConfigSources.Draft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigSourcesTest {

  private static final Environment ENVIRONMENT = Environment.of(Map.of());
  private static final String NEW = "topics: {a: {partitions: 2}}\n";

  @TempDir Path folder;

  private final ConfigLoader loader = new ConfigLoader(TestTypes.ALL);

  @Test
  void severalFilesAreCheckedAndWrittenTogether() throws IOException {
    write("a.yaml", "topics: {a: {}}\n");
    write("b.yaml", "topics: {b: {}}\n");
    ConfigSources sources = new ConfigSources(loader, folder, ENVIRONMENT);
    ConfigSources.Listing listing = sources.list();
    assertThat(listing.files())
        .extracting(ConfigSources.SourceFile::name)
        .containsExactly("a.yaml", "b.yaml");
    Map<String, String> moved =
        Map.of("a.yaml", "topics: {b: {}}\n", "b.yaml", "topics: {a: {}}\n");
    Draft draft = sources.check(moved, Optional.of(listing.version()));
    sources.write((Draft.Valid) draft);
    assertThat(folder.resolve("a.yaml")).hasContent("topics: {b: {}}\n");
    assertThat(folder.resolve("b.yaml")).hasContent("topics: {a: {}}\n");
    assertThat(sources.check(moved, Optional.of(listing.version())))
        .isInstanceOf(Draft.Stale.class);
    assertThat(sources.check(Map.of("a.yaml", "topics: {a: {}}"), Optional.empty()))
        .isInstanceOfSatisfying(
            Draft.Invalid.class,
            invalid ->
                assertThat(invalid.problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.file()).isEqualTo("b.yaml")));
    assertThatThrownBy(() -> sources.check(Map.of("c.yaml", ""), Optional.empty()))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("c.yaml");
  }

  @Test
  void whatIsWrittenKeepsTheRightsOfTheFile() throws IOException {
    Path file = write("gateway.yaml", "topics: {a: {}}\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    write(new ConfigSources(loader, file, ENVIRONMENT));
    assertThat(file).hasContent(NEW);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    assertThat(files()).containsExactly("gateway.yaml");
  }

  @Test
  void aLinkWithinTheFolderIsFollowedAndOneOutOfItIsNotWritten() throws IOException {
    Path real = write("real.yml", "topics: {a: {}}\n");
    Path link = Files.createSymbolicLink(folder.resolve("gateway.yaml"), real.getFileName());
    write(new ConfigSources(loader, link, ENVIRONMENT));
    assertThat(link).isSymbolicLink().hasContent(NEW);
    assertThat(real).hasContent(NEW);
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Path outward = Files.createSymbolicLink(inner.resolve("gateway.yaml"), real);
    assertThat(new ConfigSources(loader, outward, ENVIRONMENT).list().files())
        .singleElement()
        .satisfies(file -> assertThat(file.readOnly()).contains("another folder"));
  }

  @Test
  void aTextThatIsTooLargeIsAMistake() throws IOException {
    Path file = write("gateway.yaml", "topics: {a: {}}\n");
    // Its content is not looked at: that could take long.
    String large = "topics: {a: {partitions: none}}\n" + "#".repeat(FileReads.MAX_BYTES);
    assertThat(
            new ConfigSources(loader, file, ENVIRONMENT)
                .check(Map.of("gateway.yaml", large), Optional.empty()))
        .isInstanceOfSatisfying(
            Draft.Invalid.class,
            invalid ->
                assertThat(invalid.problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.message()).contains("1 MiB")));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void whereverTheDiskFailsEachFileIsTheOldOrTheNewOne(int calls) throws IOException {
    write("a.yaml", "topics: {a: {}}\n");
    write("b.yaml", "topics: {b: {}}\n");
    FailingDisk disk = new FailingDisk(calls);
    ConfigSources sources = new ConfigSources(loader, folder, ENVIRONMENT, disk);
    Map<String, String> changed = Map.of("a.yaml", NEW, "b.yaml", "topics: {b: {partitions: 2}}\n");
    Draft draft = sources.check(changed, Optional.empty());
    Throwable failure = catchThrowable(() -> sources.write((Draft.Valid) draft));
    assertThat(failure).hasMessage("no space left");
    assertThat(failure instanceof PartlyWrittenException partly ? partly.written() : List.of())
        .isEqualTo(disk.moved());
    assertThat(files()).containsExactly("a.yaml", "b.yaml");
    String a = Files.readString(folder.resolve("a.yaml"));
    String b = Files.readString(folder.resolve("b.yaml"));
    assertThat(a).isEqualTo(disk.moved().contains("a.yaml") ? NEW : "topics: {a: {}}\n");
    assertThat(b)
        .isEqualTo(disk.moved().contains("b.yaml") ? changed.get("b.yaml") : "topics: {b: {}}\n");
  }

  private static void write(ConfigSources sources) throws IOException {
    String name = sources.list().files().getFirst().name();
    sources.write((Draft.Valid) sources.check(Map.of(name, NEW), Optional.empty()));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }
}
