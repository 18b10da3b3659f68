package dev.sluice.gateway.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillFileIT {

  @TempDir private Path directory;

  @Test
  void noLineIsLostWhenTheGatewayIsKilled() throws Exception {
    Path log = directory.resolve("app.log");
    KillRounds rounds =
        new KillRounds(
            directory,
            """
            topics:
              lines: {partitions: 3}
            connectors:
              app:
                source: file
                topic: lines
                key: "{value.k}"
                config: {path: "%s", format: json-lines, interval: 5ms, settle: 100ms, batch-records: 50}
            """
                .formatted(log),
            3_000,
            400);
    LogFile writer = new LogFile(log, rounds.random());

    rounds.run(writer::feed, gateway -> gateway.count("lines"));

    try (SluiceProcess gateway = rounds.start()) {
      gateway.await(
          "every line",
          () ->
              gateway.count("lines") >= writer.fed().size()
                  && writer.fed().missingFrom(lines(gateway)) == 0);
      Deliveries arrived = lines(gateway);
      rounds.report(
          "file (rotated " + writer.rotations() + " times)",
          writer.fed().size(),
          writer.fed().missingFrom(arrived),
          arrived.size() - arrived.distinct());
      writer.fed().assertArrivedIn(arrived);
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
