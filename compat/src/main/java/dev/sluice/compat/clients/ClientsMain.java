package dev.sluice.compat.clients;

import org.apache.kafka.common.utils.AppInfoParser;

/**
 * Tries the clients that are on the class path: {@code ClientsMain BOOTSTRAP PART...}. Prints how
 * each check went; exits with 1 if one failed.
 */
public final class ClientsMain {

  private ClientsMain() {}

  /** Runs the parts. */
  public static void main(String[] arguments) throws Exception {
    Cluster cluster = new Cluster(arguments[0], AppInfoParser.getVersion());
    Report report = new Report(System.out);
    for (int i = 1; i < arguments.length; i++) {
      System.out.println(" " + cluster.version() + " " + arguments[i]);
      run(arguments[i], cluster, report);
    }
    System.exit(report.failed() ? 1 : 0);
  }

  /** Classes are loaded part by part, as clients of an old version lack what the others need. */
  private static void run(String part, Cluster cluster, Report report) throws Exception {
    switch (part) {
      case "oldest" -> new OldestChecks(cluster).run(report);
      case "older" -> new OlderChecks(cluster).run(report);
      case "producer" -> new ProducerChecks(cluster).run(report);
      case "reading" -> new ReadingChecks(cluster).run(report);
      case "groups" -> {
        new GroupChecks(cluster, "classic").run(report);
        new GroupChecks(cluster, "consumer").run(report);
        new GroupKindChecks(cluster).run(report);
      }
      case "transactions" -> new TransactionChecks(cluster).run(report);
      case "admin" -> AdminChecks.run(cluster, report);
      default -> throw new IllegalArgumentException("There is no part '" + part + "'");
    }
  }
}
