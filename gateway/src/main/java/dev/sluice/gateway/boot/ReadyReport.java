package dev.sluice.gateway.boot;

import dev.sluice.gateway.connect.ConnectorView;
import dev.sluice.gateway.connect.Connectors;
import dev.sluice.gateway.connect.TargetState;
import dev.sluice.gateway.connect.TaskState;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Waits until everything that was declared runs, and says so in one line. */
final class ReadyReport {

  private static final Duration IMPATIENCE = Duration.ofSeconds(10);
  private static final Duration QUICK_LOOK = Duration.ofMillis(5);
  private static final Duration SLOW_LOOK = Duration.ofMillis(500);

  private final Connectors connectors;
  private final PrintStream out;
  private final CountDownLatch stopping = new CountDownLatch(1);

  ReadyReport(Connectors connectors, PrintStream out) {
    this.connectors = connectors;
    this.out = out;
  }

  /**
   * Prints the ready line as soon as all connectors that should run do; after ten seconds says who
   * is missing, and goes on waiting.
   *
   * @param startedMillis when the process started, in milliseconds since the epoch
   * @param addresses where the gateway listens
   * @param topics how many topics there are
   * @return false if {@link #stop} came first
   */
  boolean awaitAndPrint(long startedMillis, String addresses, int topics)
      throws InterruptedException {
    long impatientAt = System.nanoTime() + IMPATIENCE.toNanos();
    boolean said = false;
    while (true) {
      List<ConnectorView> views = connectors.list();
      List<ConnectorView> missing = views.stream().filter(ReadyReport::missing).toList();
      if (missing.isEmpty()) {
        out.printf(
            "Sluice ready in %d ms: %s, %d topics, %d connectors%n",
            System.currentTimeMillis() - startedMillis, addresses, topics, views.size());
        return true;
      }
      if (!said && System.nanoTime() >= impatientAt) {
        said = true;
        out.printf("Sluice is up at %s, but not ready:%n%s%n", addresses, describe(missing));
      }
      Duration pause = said ? SLOW_LOOK : QUICK_LOOK;
      if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
  }

  void stop() {
    stopping.countDown();
  }

  private static boolean missing(ConnectorView view) {
    return view.target() == TargetState.STARTED && view.state() != TaskState.RUNNING;
  }

  private static String describe(List<ConnectorView> missing) {
    return missing.stream()
        .map(
            view ->
                "  "
                    + view.spec().name()
                    + ": "
                    + view.tasks().stream()
                        .map(ConnectorView.TaskView::error)
                        .filter(error -> error != null)
                        .map(ConnectorView.TaskError::message)
                        .findFirst()
                        .orElse(view.state().toString()))
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
