package dev.sluice.gateway.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.LogMetrics;
import dev.sluice.log.flush.FlushService;
import dev.sluice.log.io.DiskStorage;
import dev.sluice.log.manager.LogManager;
import dev.sluice.log.partition.LogServices;
import dev.sluice.log.partition.PartitionId;
import dev.sluice.log.partition.PartitionLog;
import dev.sluice.log.partition.PartitionSettings;
import dev.sluice.log.record.RecordBatchBuilder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LogCommandTest {

  @TempDir private Path temporary;
  private Path data = Path.of("");
  private Path log = Path.of("");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void write() {
    data = temporary.resolve("data");
    log = data.resolve("orders-0/00000000000000000000.log");
    withLog(
        manager -> {
          for (int partition = 0; partition < 2; partition++) {
            PartitionLog orders =
                manager.open(new PartitionId("orders", partition), PartitionSettings.DEFAULT);
            RecordBatchBuilder builder = new RecordBatchBuilder();
            for (int i = 0; i < 1_000; i++) {
              builder.append(1_000 + i, ("k" + i).getBytes(UTF_8), "value".getBytes(UTF_8));
            }
            var unused = orders.append(builder).join();
          }
        });
  }

  private interface Work {
    void on(LogManager manager);
  }

  private void withLog(Work work) {
    try (FlushService flusher = new FlushService(1, 64 << 20);
        LogManager manager =
            LogManager.open(
                new LogServices(new DiskStorage(), flusher, Clock.systemUTC(), LogMetrics.NONE),
                data)) {
      work.on(manager);
    }
  }

  @Test
  void aSoundDirectoryIsSummedUpInOneLine() {
    assertThat(run("check", data)).isZero();
    assertThat(out.toString())
        .matches("2 partitions, 2 segments, [0-9.]+ kB, 2,000 records: sound\\R");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void onePartitionCanBeCheckedAlone() {
    assertThat(run("check", data.resolve("orders-1"))).isZero();
    assertThat(out.toString()).startsWith("1 partition, 1 segment, ");
  }

  @Test
  void damageIsToldWithFileByteAndCure() throws Exception {
    byte[] bytes = Files.readAllBytes(log);
    bytes[100] ^= 1;
    Files.write(log, bytes);
    assertThat(run("check", data)).isEqualTo(1);
    assertThat(out.toString())
        .contains("error: " + log + ", byte 0: ", "backup", ": 1 error" + System.lineSeparator());
  }

  @Test
  void warningsLeaveItSound() throws Exception {
    Files.writeString(data.resolve("notes.txt"), "x");
    assertThat(run("check", data)).isZero();
    assertThat(out.toString()).contains("warning: ", "notes.txt").contains("sound, 1 warning");
  }

  @Test
  void aRunningGatewayIsMentionedAndNotDisturbed() {
    withLog(
        manager -> {
          assertThat(run("check", data)).isZero();
          assertThat(err.toString())
              .contains("Process " + ProcessHandle.current().pid())
              .containsOnlyOnce("\n");
        });
  }

  @Test
  void misuseEndsWithTwo() throws Exception {
    assertThat(run("check", temporary.resolve("missing"))).isEqualTo(2);
    assertThat(run("check", temporary)).isEqualTo(2);
    assertThat(run("check", log)).isEqualTo(2);
    assertThat(run("dump", data)).isEqualTo(2);
    assertThat(run("dump", Files.writeString(temporary.resolve("x.txt"), "x"))).isEqualTo(2);
    assertThat(run("dump", log, "--limit", "-1")).isEqualTo(2);
    assertThat(run("nonsense", data)).isEqualTo(2);
    assertThat(err.toString()).contains("neither a data directory");
  }

  @Test
  void recordsArePrinted() {
    assertThat(run("dump", data.resolve("orders-0"), "--records", "--from", "7", "--limit", "2"))
        .isZero();
    assertThat(out.toString().lines())
        .hasSize(4)
        .anyMatch(line -> line.endsWith(" 7 1970-01-01T00:00:01.007Z key \"k7\" value \"value\""));
  }

  @Test
  void oneFileCanBePrinted() {
    assertThat(run("dump", log, "--index")).isZero();
    assertThat(run("dump", data.resolve("orders-0/00000000000000000000.timeindex"))).isZero();
    assertThat(out.toString()).contains("1,000 records".replace(",", "")).contains("up to offset");
  }

  private int run(String command, Path path, String... options) {
    CommandLine line = new CommandLine(new Main());
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] arguments = new String[options.length + 3];
    arguments[0] = "log";
    arguments[1] = command;
    arguments[2] = path.toString();
    System.arraycopy(options, 0, arguments, 3, options.length);
    return line.execute(arguments);
  }
}
