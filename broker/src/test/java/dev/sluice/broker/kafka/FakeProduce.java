package dev.sluice.broker.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;

/** A Produce handler whose answers come when the test wants it. */
final class FakeProduce implements PipelinedHandler<ProduceRequest> {

  private final Function<ProduceRequest, CompletableFuture<Answer>> start;
  private final AtomicInteger started = new AtomicInteger();
  private final BlockingQueue<CompletableFuture<Answer>> pending = new LinkedBlockingQueue<>();

  /** Keeps everyone waiting. */
  FakeProduce() {
    this(request -> new CompletableFuture<>());
  }

  FakeProduce(Function<ProduceRequest, CompletableFuture<Answer>> start) {
    this.start = start;
  }

  /** A request without records. */
  static ProduceRequest request(int acks) {
    return new ProduceRequest(
        new ProduceRequestData().setAcks((short) acks).setTimeoutMs(1000), (short) 9);
  }

  static Answer reply() {
    return new Reply(new ProduceResponse(new ProduceResponseData()));
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.PRODUCE;
  }

  @Override
  public CompletableFuture<Answer> start(ProduceRequest request, Call call) {
    int unused = started.incrementAndGet();
    CompletableFuture<Answer> answer = start.apply(request);
    boolean unused2 = pending.add(answer);
    return answer;
  }

  int started() {
    return started.get();
  }

  /** Waits until so many more requests have been started. */
  List<CompletableFuture<Answer>> next(int count) throws InterruptedException {
    List<CompletableFuture<Answer>> next = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      CompletableFuture<Answer> one = pending.poll(30, TimeUnit.SECONDS);
      assertThat(one).as("request %s", i).isNotNull();
      next.add(one);
    }
    return next;
  }
}
