package dev.sluice.broker.front;

import dev.sluice.broker.Broker;
import dev.sluice.broker.kafka.KafkaFrontConfig;
import dev.sluice.broker.kafka.KafkaMetrics;
import dev.sluice.log.LogMetrics;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/**
 * A broker alone, without connectors: {@code BrokerMain DIRECTORY [PORT]}. Listens on the loopback
 * interface until it is told to stop.
 */
public final class BrokerMain {

  private BrokerMain() {}

  /** Runs until SIGTERM. */
  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length < 1 || arguments.length > 2) {
      System.err.println("Usage: BrokerMain DIRECTORY [PORT]");
      System.exit(2);
    }
    long start = System.nanoTime();
    Path directory = Path.of(arguments[0]);
    int port = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 9092;
    Broker broker = Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE);
    KafkaFront front = KafkaFront.start(broker, KafkaFrontConfig.loopback(port), KafkaMetrics.NONE);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  front.close();
                  broker.close();
                  stopped.countDown();
                },
                "sluice-stop"));
    System.out.println(
        "Broker ready in "
            + (System.nanoTime() - start) / 1_000_000
            + " ms: kafka://"
            + front.bootstrapServers());
    stopped.await();
  }
}
