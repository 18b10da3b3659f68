package dev.sluice.broker.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.kafka.KafkaMetrics.CloseReason;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.ObjectSerializationCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What requests may take together, and what becomes of those for which there is nothing left. */
@ParameterizedClass
@EnumSource(Wire.class)
class RequestMemoryTest {

  @Parameter private Wire wire = Wire.PLAIN;

  private static final Duration NONE = Duration.ZERO;
  private static final int MIB = 1 << 20;

  @Test
  void whatIsTakenIsGivenBack() throws InterruptedException {
    RequestMemory memory = new RequestMemory(8 * MIB, 1024, NONE);
    for (int bytes : new int[] {1, 100_000, 200_000, MIB, 3 * MIB}) {
      ByteBuffer buffer = Objects.requireNonNull(memory.take(bytes));
      assertThat(buffer.remaining()).isGreaterThanOrEqualTo(bytes);
      assertThat(memory.usedBytes()).isEqualTo(buffer.capacity());
      memory.give(buffer);
      assertThat(memory.usedBytes()).isZero();
    }
  }

  @Test
  void noMoreIsTakenThanThereIs() throws InterruptedException {
    RequestMemory memory = new RequestMemory(4 * MIB, 1024, NONE);
    List<ByteBuffer> taken = new ArrayList<>();
    for (ByteBuffer one = memory.take(MIB); one != null; one = memory.take(MIB)) {
      taken.add(one);
    }
    assertThat(taken).hasSize(4);
    assertThat(memory.take(1)).isNull();

    memory.give(taken.getLast());

    assertThat(memory.take(1)).isNotNull();
  }

  @Test
  void largeRequestsLeaveRoomForOthers() throws InterruptedException {
    RequestMemory memory = new RequestMemory(8 * MIB, 1024, NONE);
    assertThat(memory.take(6 * MIB)).isNotNull();
    assertThat(memory.take(MIB + MIB / 2)).isNull();

    assertThat(memory.take(MIB)).isNotNull();
    assertThat(memory.take(MIB)).isNotNull();
  }

  @Test
  void buffersOutsideTheHeapAreReusedForEver() throws InterruptedException {
    RequestMemory memory = new RequestMemory(256L * MIB, 1024, NONE);
    long before = directBuffers();
    for (int round = 0; round < 20; round++) {
      List<ByteBuffer> taken = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        taken.add(memory.take(MIB));
      }
      taken.forEach(memory::give);
    }
    assertThat(directBuffers() - before).isLessThan(40);
  }

  private static long directBuffers() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getCount)
        .sum();
  }

  @Test
  void fieldsAreChargedUntilTheirRequestIsDone() {
    RequestMemory memory = new RequestMemory(MIB, 1024, NONE);
    RequestMemory.Charge charge = memory.charge();

    MetadataRequestData read = read(serialized(2_000), charge);

    assertThat(read.topics()).hasSize(2_000);
    assertThat(memory.usedBytes()).isBetween(150_000L, 300_000L).isEqualTo(charge.bytes());
    charge.release();
    charge.release();
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void aRequestWithFewFieldsCostsNothing() {
    RequestMemory memory = new RequestMemory(MIB, 1024, NONE);

    assertThat(read(serialized(50), memory.charge()).topics()).hasSize(50);

    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void fieldsForWhichThereIsNoMemoryAreNotRead() {
    RequestMemory memory = new RequestMemory(MIB, 1024, NONE);
    RequestMemory.Charge charge = memory.charge();

    assertThatThrownBy(() -> read(serialized(20_000), charge))
        .isInstanceOf(RequestFields.NoMemoryException.class);
    assertThat(memory.usedBytes()).isLessThanOrEqualTo(MIB);
  }

  @Test
  void aRequestHasNoMoreFieldsThanItMay() {
    RequestMemory memory = new RequestMemory(1024L * MIB, 1024, NONE);

    assertThatThrownBy(() -> read(serialized(500_000), memory.charge()))
        .isInstanceOf(RequestFields.TooManyException.class);
  }

  private static ByteBuffer serialized(int topics) {
    MetadataRequestData data = new MetadataRequestData();
    for (int i = 0; i < topics; i++) {
      boolean unused = data.topics().add(new MetadataRequestTopic().setName("t"));
    }
    ObjectSerializationCache cache = new ObjectSerializationCache();
    ByteBuffer bytes = ByteBuffer.allocate(data.size(cache, (short) 4));
    data.write(new ByteBufferAccessor(bytes), cache, (short) 4);
    return bytes.flip();
  }

  private static MetadataRequestData read(ByteBuffer bytes, RequestMemory.Charge charge) {
    return new MetadataRequestData(new RequestFields(bytes, charge), (short) 4);
  }

  @Test
  void whoseRequestHasNoMemoryIsClosedAndOthersAreServed() throws Exception {
    ServerLimits limits =
        new ServerLimits(
            4 * MIB, 5 * MIB, 100, 8, TestServer.IDLE, Duration.ofMillis(3)); // Time stands still.
    try (TestServer server = TestServer.start(wire, limits);
        RawClient small = server.connect()) {
      List<RawClient> holders = new ArrayList<>();
      byte[] half = ByteBuffer.allocate(200_000).putInt(900_000).array();
      for (int i = 0; i < 4; i++) {
        holders.add(server.connect().send(half));
      }
      server.awaitMemory(4L * MIB);
      RawClient last = server.connect();
      try {
        last.send(half);
      } catch (SocketException closed) {
        // It may be closed before all of it is sent.
      }

      assertThat(server.metrics().nextEnd()).isEqualTo(CloseReason.OVERLOAD);

      assertThat(last.awaitEnd()).isZero();
      assertThat(small.isServed()).isTrue();
      assertThat(server.metrics().closed()).isOne();
      holders.forEach(RawClient::close);
      last.close();
      assertThat(server.metrics().nextEnds(4)).isNotEmpty();
      assertThat(server.context().memory().usedBytes()).isZero();
      assertThat(small.isServed()).isTrue();
    }
  }

  @Test
  void whoOnlyAnnouncesALargeRequestHoldsNothing() throws Exception {
    try (TestServer server = TestServer.start(wire);
        RawClient small = server.connect()) {
      List<RawClient> hostile = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        hostile.add(server.connect().send(ByteBuffer.allocate(8_000).putInt(4 * MIB).array()));
      }
      assertThat(small.isServed()).isTrue();
      server.awaitConnections(51);

      assertThat(server.context().memory().usedBytes()).isZero();
      hostile.forEach(RawClient::close);
    }
  }
}
