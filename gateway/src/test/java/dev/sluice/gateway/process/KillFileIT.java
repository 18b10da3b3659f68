package dev.sluice.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillFileIT {

  @TempDir private Path directory;

  @Test
  void noLineIsLostWhenTheGatewayIsKilled() throws Exception {
    long unused = follow(rounds());
  }

  @Test
  void noLineIsLostOrRepeatedWhenTheGatewayIsStopped() throws Exception {
    assertThat(follow(rounds().politely())).as("repeats").isZero();
  }

  private KillRounds rounds() {
    return new KillRounds(
        directory,
        """
        topics:
          lines: {partitions: 3}
        connectors:
          app:
            source: file
            topic: lines
            key: "{value.k}"
            config:
              path: "${dir}/app.log"
              format: json-lines
              interval: 5ms
              settle: 100ms
              batch-records: 50
        """,
        3_000,
        400);
  }

  /** Answers how many lines are in the topic more than once. */
  private long follow(KillRounds rounds) throws Exception {
    LogFile writer = new LogFile(directory.resolve("app.log"), rounds.random());

    rounds.run(writer::feed, gateway -> gateway.count("lines"));

    try (SluiceProcess gateway = rounds.start()) {
      gateway.await(
          "every line",
          () ->
              gateway.count("lines") >= writer.fed().size()
                  && writer.fed().missingFrom(lines(gateway)) == 0);
      Deliveries arrived = lines(gateway);
      long repeats = arrived.size() - arrived.distinct();
      rounds.report(
          "file (rotated " + writer.rotations() + " times)",
          writer.fed().size(),
          writer.fed().missingFrom(arrived),
          repeats);
      writer.fed().assertArrivedIn(arrived);
      return repeats;
    }
  }

  private static Deliveries lines(SluiceProcess gateway) {
    Deliveries lines = new Deliveries();
    for (JsonNode line : gateway.records("lines")) {
      lines.add(line.path("key").asText(), line.path("value").path("n").asText());
    }
    return lines;
  }
}
