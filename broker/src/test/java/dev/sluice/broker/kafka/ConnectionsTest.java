package dev.sluice.broker.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.kafka.KafkaMetrics.CloseReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.FindCoordinatorRequest;
import org.apache.kafka.common.requests.FindCoordinatorResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Every connection is counted once, closed once, and leaves nothing. */
@ParameterizedClass
@EnumSource(Wire.class)
class ConnectionsTest {

  @Parameter private Wire wire = Wire.PLAIN;

  private static final FindCoordinatorRequest COORDINATOR =
      new FindCoordinatorRequest.Builder(new FindCoordinatorRequestData().setKey("g"))
          .build((short) 3);

  @Test
  void thereAreNoMoreConnectionsThanThereMayBe() throws Exception {
    ServerLimits limits =
        new ServerLimits(1 << 20, 4 << 20, 3, 8, TestServer.IDLE, TestServer.TRANSFER);
    try (TestServer server = TestServer.start(wire, limits)) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        clients.add(server.connect());
        assertThat(clients.getLast().isServed()).isTrue();
      }
      try (RawClient tooMany = RawClient.connect(server.port())) {
        assertThat(tooMany.awaitEnd()).isZero();
      }
      assertThat(server.metrics().nextEnd()).isEqualTo(CloseReason.TOO_MANY);

      clients.removeFirst().close();
      assertThat(server.metrics().nextEnd()).isEqualTo(CloseReason.CLIENT);
      try (RawClient next = server.connect()) {
        assertThat(next.isServed()).isTrue();
      }
      clients.forEach(RawClient::close);
    }
  }

  @Test
  void manyShortConnectionsLeaveNothing() throws Exception {
    int quick =
        switch (wire) {
          case PLAIN -> 3_000;
          case TLS -> 300; // A handshake takes its time.
        };
    int rounds = Boolean.getBoolean("long") ? 100_000 : quick;
    try (TestServer server = TestServer.start(wire)) {
      churn(server, 200); // Whatever is made once is there now.
      long files = openFiles();
      int threads = ManagementFactory.getThreadMXBean().getThreadCount();

      churn(server, rounds);

      assertThat(server.isEmptySoon()).isTrue();
      assertThat(server.metrics().nextEnds(200 + rounds).keySet())
          .isSubsetOf(
              CloseReason.CLIENT, CloseReason.GARBAGE, CloseReason.OVERSIZED, CloseReason.NETWORK);
      assertThat(server.metrics().opened()).isEqualTo(200 + rounds);
      assertThat(openFiles()).isLessThan(files + 20);
      assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(threads + 10);
      try (RawClient client = server.connect()) {
        assertThat(client.isServed()).isTrue();
      }
    }
  }

  @Test
  void manyTinyConnectionsInARowLeaveNothing() throws Exception {
    int rounds = Boolean.getBoolean("long") ? 1_000_000 : 3_000;
    ServerLimits limits = // None is refused, however many are in the system's queue.
        new ServerLimits(1 << 20, 4 << 20, 5_000, 8, TestServer.IDLE, TestServer.TRANSFER);
    try (TestServer server = TestServer.start(wire, limits)) {
      Map<CloseReason, Integer> ends = new EnumMap<>(CloseReason.class);
      come(server, 500, ends);
      long files = openFiles();
      int threads = ManagementFactory.getThreadMXBean().getThreadCount();
      long memory = usedMemory();

      come(server, rounds, ends);

      System.out.printf(
          "%s: %d tiny connections, %d accepted, ended as %s; files %d to %d, threads %d to %d,"
              + " heap %d to %d KiB%n",
          wire,
          rounds,
          server.metrics().opened(),
          ends,
          files,
          openFiles(),
          threads,
          ManagementFactory.getThreadMXBean().getThreadCount(),
          memory / 1024,
          usedMemory() / 1024);
      assertThat(server.metrics().closed()).isEqualTo(server.metrics().opened());
      assertThat(ends).doesNotContainKeys(CloseReason.FAILED, CloseReason.TOO_MANY);
      assertThat(openFiles()).isLessThan(files + 20);
      assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(threads + 10);
      assertThat(usedMemory()).isLessThan(memory + (16 << 20));
      try (RawClient client = server.connect()) {
        assertThat(client.isServed()).isTrue();
      }
    }
  }

  /** Clients that send some bytes and reset the connection, which leaves no port waiting. */
  private static void come(TestServer server, int count, Map<CloseReason, Integer> ends)
      throws IOException, InterruptedException {
    Random random = new Random(23);
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[random.nextInt(1, 11)];
      random.nextBytes(bytes);
      RawClient client = RawClient.connect(server.port());
      try {
        client.send(bytes).reset();
      } catch (SocketException gone) {
        client.close(); // The server was faster.
      }
      if (i % 50 == 0) {
        TestServer.await(() -> server.context().open().size() < 50);
        server.metrics().takeEnds().forEach((why, n) -> ends.merge(why, n, Integer::sum));
      }
    }
    try (RawClient last = server.connect()) { // Those before it have been accepted by then.
      assertThat(last.isServed()).isTrue();
    }
    assertThat(server.isEmptySoon()).isTrue();
    server.metrics().takeEnds().forEach((why, n) -> ends.merge(why, n, Integer::sum));
  }

  private static long usedMemory() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void churn(TestServer server, int rounds) throws IOException {
    Random random = new Random(17);
    byte[] bytes = new byte[20];
    for (int i = 0; i < rounds; i++) {
      try (RawClient client = server.connect()) {
        switch (i % 4) {
          case 0 -> assertThat(client.isServed()).isTrue();
          case 1 -> {
            random.nextBytes(bytes);
            long unused = client.send(bytes).finish().awaitEnd();
          }
          case 2 -> {
            RawClient unused = client.send(bytes);
          }
          default -> {}
        }
      }
    }
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }

  @Test
  void anUnforeseenFailureEndsOneConnectionOnly() throws Exception {
    AtomicInteger transports = new AtomicInteger();
    TransportFactory failing =
        new TransportFactory() {
          @Override
          public Transport accept(SocketChannel channel) {
            switch (transports.incrementAndGet()) {
              case 1 -> throw new IllegalStateException("a bug");
              case 2 -> throw new StackOverflowError("a worse one");
              default -> {
                return new PlainTransport(channel);
              }
            }
          }

          @Override
          public boolean isEncrypted() {
            return false;
          }
        };
    ListenerConfig listener =
        new ListenerConfig("PLAINTEXT", "127.0.0.1", 0, null, null, Set.of(), failing);
    try (TestServer server = TestServer.start(TestServer.LIMITS, listener)) {
      for (int i = 0; i < 2; i++) {
        try (RawClient client = server.connect()) {
          assertThat(client.awaitEnd()).isZero();
        }
        assertThat(server.metrics().nextEnd()).isEqualTo(CloseReason.FAILED);
      }
      try (RawClient client = server.connect()) {
        assertThat(client.isServed()).isTrue();
      }
    }
  }

  @Test
  void aHandlerThatBreaksEndsItsConnectionOnly() throws Exception {
    FakeHandler<FindCoordinatorRequest> broken =
        new FakeHandler<>(
            ApiKeys.FIND_COORDINATOR,
            (request, call) -> {
              throw new AssertionError("a bug");
            });
    try (TestServer server = TestServer.start(wire, broken);
        RawClient other = server.connect();
        RawClient client = server.connect()) {
      RawClient unused =
          client.send(
              new FindCoordinatorRequest.Builder(new FindCoordinatorRequestData().setKey("g"))
                  .build((short) 3),
              1);

      assertThat(client.awaitEnd()).isZero();
      assertThat(server.metrics().nextEnds(1)).isEqualTo(Map.of(CloseReason.FAILED, 1));
      assertThat(other.isServed()).isTrue();
    }
  }

  @Test
  void aPortThatIsTakenLeavesNoListenerBehind() throws Exception {
    try (TestServer server = TestServer.start(wire)) {
      int taken = server.port();
      long files = openFiles();
      List<ListenerConfig> two =
          List.of(
              new ListenerConfig(
                  "FREE", "127.0.0.1", 0, null, null, Set.of(), TransportFactory.PLAIN),
              ListenerConfig.loopback(taken));

      for (int i = 0; i < 10; i++) {
        assertThatThrownBy(() -> KafkaServer.bind(two))
            .isInstanceOf(UncheckedIOException.class)
            .hasMessageContaining(String.valueOf(taken));
      }

      assertThat(openFiles()).isLessThan(files + 5);
    }
  }

  @Test
  void aClientThatGoesWhileItsRequestWaitsIsNoticed() throws Exception {
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    try (TestServer server = TestServer.start(wire, waiting(ended));
        RawClient client = server.connect()) {
      RawClient unused = client.send(COORDINATOR, 1);
      server.awaitWaiting();
      client.close();
      server.advance(Duration.ZERO);
      assertThat(ended).isNotDone();

      server.advance(Duration.ZERO);

      assertThat(ended.get(30, TimeUnit.SECONDS)).isInstanceOf(DisconnectException.class);
      assertThat(server.metrics().nextEnd()).isEqualTo(CloseReason.CLIENT);
      assertThat(server.isEmptySoon()).isTrue();
    }
  }

  @Test
  void whatAClientSendsWhileItsRequestWaitsIsItsNextRequest() throws Exception {
    CompletableFuture<AbstractResponse> answer = new CompletableFuture<>();
    FakeHandler<FindCoordinatorRequest> waiting =
        new FakeHandler<>(ApiKeys.FIND_COORDINATOR, (request, call) -> call.await(answer));
    try (TestServer server = TestServer.start(wire, waiting);
        RawClient client = server.connect()) {
      RawClient unused = client.send(COORDINATOR, 1);
      server.awaitWaiting();
      server.advance(Duration.ZERO);
      server.advance(Duration.ZERO);
      unused = client.send(COORDINATOR, 2).send(COORDINATOR, 3);

      boolean unused2 =
          answer.complete(new FindCoordinatorResponse(new FindCoordinatorResponseData()));

      for (int id = 1; id <= 3; id++) {
        assertThat(client.receiveId()).isEqualTo(id);
      }
      assertThat(client.isServed()).isTrue();
    }
  }

  private static FakeHandler<FindCoordinatorRequest> waiting(CompletableFuture<Throwable> ended) {
    return new FakeHandler<>(
        ApiKeys.FIND_COORDINATOR,
        (request, call) -> {
          try {
            return call.await(new CompletableFuture<>());
          } catch (RuntimeException e) {
            boolean unused = ended.complete(e);
            throw e;
          }
        });
  }
}
