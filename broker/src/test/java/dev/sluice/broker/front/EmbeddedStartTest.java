package dev.sluice.broker.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it takes to have a broker in a unit test, and that nothing of it stays behind. */
class EmbeddedStartTest {

  @Test
  void aBrokerTakesFewThreadsAndGivesThemBack(@TempDir Path directory) throws InterruptedException {
    TestBroker.start(directory.resolve("warm")).close(); // Loads the classes of both.
    Set<Thread> before = platformThreads();

    long start = System.nanoTime();
    TestBroker broker = TestBroker.start(directory.resolve("data"));
    long millis = (System.nanoTime() - start) / 1_000_000;
    Set<Thread> taken = platformThreads();
    taken.removeAll(before);
    broker.close();

    System.out.println(
        "An embedded broker started in " + millis + " ms, with threads " + names(taken));
    assertThat(taken).hasSizeLessThan(12);
    for (Thread thread : taken) {
      assertThat(thread.join(java.time.Duration.ofSeconds(20))).as(thread.getName()).isTrue();
    }
  }

  private static Set<Thread> platformThreads() {
    return new HashSet<>(Thread.getAllStackTraces().keySet());
  }

  private static Set<String> names(Set<Thread> threads) {
    return threads.stream().map(Thread::getName).collect(Collectors.toSet());
  }
}
