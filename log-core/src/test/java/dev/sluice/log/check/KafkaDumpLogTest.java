package dev.sluice.log.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.LogMetrics;
import dev.sluice.log.flush.FlushService;
import dev.sluice.log.io.DiskStorage;
import dev.sluice.log.partition.LogServices;
import dev.sluice.log.partition.PartitionLog;
import dev.sluice.log.partition.PartitionSettings;
import dev.sluice.log.record.Compression;
import dev.sluice.log.record.RecordBatchBuilder;
import dev.sluice.log.record.RecordHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's {@code kafka-dump-log}, in a process of its own, reads what our log writes. */
class KafkaDumpLogTest {

  private static final int BATCHES = 400;
  private static final int RECORDS_EACH = 5;

  @TempDir private Path temporary;
  private Path partition = Path.of("");

  @BeforeEach
  void write() {
    partition = temporary.resolve("t-0");
    try (FlushService flusher = new FlushService(1, 64 << 20);
        PartitionLog log =
            PartitionLog.open(
                new LogServices(new DiskStorage(), flusher, Clock.systemUTC(), LogMetrics.NONE),
                "t-0",
                partition,
                PartitionSettings.DEFAULT.withSegments(30_000, Duration.ofDays(1)))) {
      for (int i = 0; i < BATCHES; i++) {
        var unused = log.append(batch(i)).join();
      }
    }
  }

  /** Every codec, null and empty keys and values, headers, timestamps that go back. */
  private static RecordBatchBuilder batch(int number) {
    Compression[] codecs = Compression.values();
    RecordBatchBuilder builder = new RecordBatchBuilder(codecs[number % codecs.length], 1024);
    for (int i = 0; i < RECORDS_EACH; i++) {
      int record = number * RECORDS_EACH + i;
      builder.append(
          1_000_000 + record * 10L - (record % 7) * 100L,
          record % 3 == 0 ? null : ("key " + record).getBytes(UTF_8),
          record % 11 == 0 ? null : ("value " + "x".repeat(record % 400)).getBytes(UTF_8),
          record % 4 == 0
              ? List.of(new RecordHeader("h", new byte[] {'v'}), new RecordHeader("n", null))
              : List.of());
    }
    return builder;
  }

  @Test
  void readsEveryRecordOfEverySegment() throws Exception {
    assertThat(files(".log")).hasSizeGreaterThan(3);
    Output output = dump(files(".log"), "--deep-iteration", "--print-data-log");

    assertThat(output.complaints()).isEmpty();
    assertThat(output.lines()).filteredOn(line -> line.startsWith("baseOffset: ")).hasSize(BATCHES);
    assertThat(output.lines())
        .filteredOn(line -> line.startsWith("| offset: "))
        .hasSize(BATCHES * RECORDS_EACH);
  }

  @Test
  void findsTheIndexesInAgreementWithTheLog() throws Exception {
    List<Path> indexes = new ArrayList<>(files(".index"));
    indexes.addAll(files(".timeindex"));
    assertThat(indexes).hasSizeGreaterThan(7);

    Output compared = dump(indexes);
    assertThat(compared.complaints()).isEmpty();
    assertThat(compared.lines()).filteredOn(line -> line.startsWith("offset: ")).isNotEmpty();
    assertThat(compared.lines()).filteredOn(line -> line.startsWith("timestamp: ")).isNotEmpty();

    Output sanity = dump(indexes, "--index-sanity-check");
    assertThat(sanity.complaints()).isEmpty();
    assertThat(sanity.lines())
        .filteredOn(line -> line.endsWith(" passed sanity check."))
        .hasSameSizeAs(indexes);
  }

  @Test
  void wouldComplainOfDamage() throws Exception {
    Path log = files(".log").getFirst();
    byte[] bytes = Files.readAllBytes(log);
    bytes[bytes.length - 1] ^= 1;
    Files.write(log, bytes);
    Path index = files(".index").getFirst();
    byte[] entries = Files.readAllBytes(index);
    entries[3] ^= 1;
    Files.write(index, entries);

    assertThat(dump(List.of(log), "--deep-iteration").complaints()).isNotEmpty();
    assertThat(dump(List.of(index)).complaints()).isNotEmpty();
  }

  /** What the tool has printed, without what its JVM says of itself. */
  private record Output(int exit, List<String> lines) {

    List<String> complaints() {
      List<String> complaints =
          lines.stream()
              .filter(
                  line ->
                      line.contains("ismatch")
                          || line.contains("isvalid: false")
                          || line.contains("rror")
                          || line.contains("xception")
                          || line.contains("Non-consecutive")
                          || line.contains("out of order"))
              .collect(Collectors.toCollection(ArrayList::new));
      if (exit != 0) {
        complaints.add("exit " + exit);
      }
      return complaints;
    }
  }

  private Output dump(List<Path> files, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("kafka.tools.DumpLogSegments");
    command.addAll(List.of(options));
    command.add("--files");
    command.add(files.stream().map(Path::toString).collect(Collectors.joining(",")));
    Path output = temporary.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      var unused = process.destroyForcibly();
      throw new AssertionError("Not within a minute: " + command);
    }
    return new Output(process.exitValue(), Files.readAllLines(output));
  }

  private List<Path> files(String ending) throws IOException {
    try (Stream<Path> files = Files.list(partition)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
