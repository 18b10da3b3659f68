package dev.sluice.broker.kafka.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.Broker;
import dev.sluice.broker.kafka.Calls;
import dev.sluice.broker.kafka.LentResponse;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.broker.quota.ClientQuotas;
import dev.sluice.broker.security.AccessControl;
import dev.sluice.log.LogMetrics;
import dev.sluice.log.partition.AppendResult;
import dev.sluice.log.record.RecordBatchBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a Fetch waits for as much as the client asks for. */
class FetchWaitTest {

  private static final int PARTITIONS = 4;
  private static final int MAX_WAIT_MILLIS = 60_000;

  private Broker broker;
  private FetchHandler handler;

  @BeforeEach
  void open(@TempDir Path directory) {
    broker = Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE);
    broker.topics().create("t", PARTITIONS, TopicConfig.FOREVER);
    handler =
        new FetchHandler(
            new TopicPartitions(broker), new FetchSessions(10, 100), ClientQuotas.NONE);
  }

  @AfterEach
  void close() {
    broker.close();
  }

  /** Asked once for each partition that is read. */
  private static final class Reads implements AccessControl {
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public boolean allows(
        AuthorizableRequestContext who, AclOperation operation, ResourceType type, String name) {
      int unused = count.incrementAndGet();
      return true;
    }
  }

  private CompletableFuture<Long> fetch(int minBytes, int maxPartitionBytes, AccessControl access) {
    Map<TopicPartition, FetchRequest.PartitionData> wanted = new LinkedHashMap<>();
    for (int i = 0; i < PARTITIONS; i++) {
      wanted.put(
          new TopicPartition("t", i),
          new FetchRequest.PartitionData(
              Uuid.ZERO_UUID, 0, 0, maxPartitionBytes, Optional.empty(), Optional.empty()));
    }
    FetchRequest request =
        FetchRequest.Builder.forConsumer((short) 12, MAX_WAIT_MILLIS, minBytes, wanted)
            .build((short) 12);
    CompletableFuture<Long> bytes = new CompletableFuture<>();
    Thread unused =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    AbstractResponse response =
                        handler.handle(request, Calls.of(ApiKeys.FETCH, access));
                    LentResponse lent = (LentResponse) response;
                    boolean unused2 = bytes.complete(lent.lentBytes());
                    lent.close();
                  } catch (Exception | Error e) {
                    boolean unused2 = bytes.completeExceptionally(e);
                  }
                });
    return bytes;
  }

  private void append(int partition, int bytes) {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    builder.append(0, null, new byte[bytes]);
    AppendResult unused = broker.partition("t", partition).append(builder).join();
  }

  @Test
  void appendsThatAreNotEnoughAreCountedAndNotRead() throws Exception {
    Reads reads = new Reads();
    CompletableFuture<Long> fetched = fetch(1 << 20, 1 << 20, reads);
    for (int i = 0; !fetched.isDone(); i++) {
      append(i % PARTITIONS, 5_000);
      assertThat(i).isLessThan(10_000);
    }

    assertThat(fetched.get()).isGreaterThanOrEqualTo(1 << 20);
    assertThat(reads.count).hasValueLessThanOrEqualTo(3 * PARTITIONS);
  }

  @Test
  void aPartitionWithMoreThanFitsIsEnough() throws Exception {
    for (int i = 0; i < 4; i++) {
      append(0, 400_000);
    }

    CompletableFuture<Long> fetched = fetch(1 << 20, 1 << 20, new Reads());

    assertThat(fetched.get(30, TimeUnit.SECONDS)).isBetween(800_000L, 1L << 20);
  }

  @Test
  void nothingLargerThanAResponseIsWaitedFor() throws Exception {
    append(0, 100);
    CompletableFuture<Long> fetched = fetch(Integer.MAX_VALUE, 1 << 20, new Reads());
    for (int i = 0; !fetched.isDone(); i++) {
      append(i % PARTITIONS, 900_000);
      assertThat(i).isLessThan(200);
    }
    assertThat(fetched.get()).isPositive();
  }
}
