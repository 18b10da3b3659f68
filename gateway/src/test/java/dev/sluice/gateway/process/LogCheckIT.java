package dev.sluice.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogCheckIT {

  @TempDir private Path directory;

  @Test
  void theCommandChecksTheLogOfARunningGatewayAndOfAKilledOne() throws Exception {
    InputFolder input = new InputFolder(directory.resolve("input"));
    Path data = directory.resolve("data");
    String yaml = "topics:\n  lines: {partitions: 2}\nconnectors:\n" + InputFolder.connector();
    try (SluiceProcess gateway = SluiceProcess.start(directory, yaml)) {
      input.add(2, 100);
      gateway.await("all files", () -> input.waiting() == 0);
      assertThat(run("log", "check", data.toString()))
          .contains(" open: the ends of its partitions may be in flux.")
          .contains(" records: sound")
          .endsWith("exit 0");
      gateway.kill();
    }
    assertThat(run("log", "check", data.toString())).contains(" records: sound").endsWith("exit 0");
    assertThat(run("log", "dump", "--records", data.resolve("lines-0").toString()))
        .contains(" CRC ok, ")
        .endsWith("exit 0");
    assertThat(run("log", "check", directory.resolve("input").toString())).endsWith("exit 2");
  }

  /** Everything that a command prints, and its exit status. */
  private String run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(SluiceProcess.command());
    command.addAll(List.of(arguments));
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Files.readString(output) + "exit " + process.exitValue();
  }
}
