package dev.sluice.broker.front;

import dev.sluice.broker.kafka.RawClient;
import dev.sluice.broker.metadata.TopicConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.SimpleRecord;
import org.apache.kafka.common.requests.FetchRequest;

/**
 * A broker and clients that never read on what they fetch, for a process whose virtual threads
 * share one carrier: {@code StuckReadersMain DIRECTORY}. Says what it has come to.
 */
final class StuckReadersMain {

  private static final String TOPIC = "big";
  private static final int BATCHES = 40;
  private static final int BATCH_BYTES = 900_000;
  private static final int STUCK = 10;

  private StuckReadersMain() {}

  /** Ends with status 0 if everyone else was served. */
  public static void main(String[] arguments) throws IOException {
    try (TestBroker broker = TestBroker.start(Path.of(arguments[0]))) {
      fill(broker);
      List<RawClient> stuck = new ArrayList<>();
      for (int i = 0; i < STUCK; i++) {
        RawClient client = RawClient.connect(broker.port(), 4096);
        int size = client.send(fetch(BATCHES * BATCH_BYTES), 1).receiveSize();
        if (size < (BATCHES - 1) * BATCH_BYTES) {
          throw new AssertionError("A response of " + size + " bytes is taken by the sockets");
        }
        stuck.add(client);
      }
      try (RawClient other = RawClient.connect(broker.port())) {
        for (int i = 0; i < 20; i++) {
          int bytes = other.send(fetch(1), 1).receive().remaining();
          if (!other.isServed() || bytes < BATCH_BYTES) {
            throw new AssertionError("Another client was not served, but got " + bytes);
          }
        }
      }
      System.out.println("others were served");
      stuck.forEach(RawClient::close);
    }
    System.out.println("closed");
  }

  private static void fill(TestBroker broker) {
    broker.broker().topics().create(TOPIC, 1, TopicConfig.FOREVER);
    for (int i = 0; i < BATCHES; i++) {
      MemoryRecords records =
          MemoryRecords.withRecords(Compression.NONE, new SimpleRecord(new byte[BATCH_BYTES]));
      long unused = broker.broker().partition(TOPIC, 0).appendNow(records.buffer()).baseOffset();
    }
  }

  private static FetchRequest fetch(int maxBytes) {
    Map<TopicPartition, FetchRequest.PartitionData> wanted = new LinkedHashMap<>();
    FetchRequest.PartitionData unused =
        wanted.put(
            new TopicPartition(TOPIC, 0),
            new FetchRequest.PartitionData(
                Uuid.ZERO_UUID, 0, 0, maxBytes, Optional.empty(), Optional.empty()));
    return FetchRequest.Builder.forConsumer((short) 12, 0, 1, wanted)
        .setMaxBytes(maxBytes)
        .build((short) 12);
  }
}
