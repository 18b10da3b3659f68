package dev.sluice.connector;

import java.time.Duration;

/**
 * A kind of connector, such as {@code jdbc} or {@code mqtt}: what it is called, what options it
 * takes, and how a task of it is made. Implementations are stateless, thread-safe, have a public
 * no-argument constructor and are found by {@link java.util.ServiceLoader} under {@link SourceType}
 * or {@link SinkType}. A source and a sink may share a name.
 */
public sealed interface ConnectorType permits SourceType, SinkType {

  /** The name used in configuration: lower case, words joined by hyphens. */
  String name();

  /** The version of this connector type, for people and for {@code /connector-plugins}. */
  default String version() {
    String version = getClass().getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }

  /** A short title for lists and forms. */
  String title();

  /** One to three sentences: what it reads or writes, and what it guarantees. */
  String description();

  /**
   * The JSON Schema (draft 2020-12) of the options, as text: an object schema whose {@code
   * properties} each have a {@code type}, a {@code title}, a {@code description} and, where there
   * is one, a {@code default}; {@code required}; {@code additionalProperties: false}. Secret
   * options carry {@code "writeOnly": true}. Durations are strings with {@code "format":
   * "duration"} (such as {@code 500ms}, {@code 7d}), sizes strings with {@code "format": "size"}
   * (such as {@code 10MiB}).
   */
  String optionsSchema();

  /**
   * Checks what a schema can't say, such as two options that exclude each other. Runs when
   * configuration is validated, so it must neither block nor touch the outside world.
   *
   * @param options options that are valid under {@link #optionsSchema()}, defaults filled in
   * @throws ConnectorException of category {@link ErrorCategory#CONFIGURATION} naming the option
   */
  default void check(Options options) {}

  /**
   * Tries whether what the options name can be reached and used: connects, looks, and lets go. May
   * block; runs on a virtual thread that is interrupted when the limit has passed.
   *
   * <p>Nothing outside is changed by it, and nobody who uses it is disturbed.
   *
   * @param connector the name that the connector has or would have
   * @param options options that have passed {@link #check}
   * @param limit how long it should take at most
   * @return what was found; also what was not tested
   * @throws ConnectorException what is wrong, as a task that starts would tell it
   * @throws Exception any other failure, taken as {@link ErrorCategory#INTERNAL}
   */
  default ConnectionReport test(String connector, Options options, Duration limit)
      throws Exception {
    return ConnectionReport.of("There is nothing to connect to");
  }

  /**
   * Checks whether a connector with these options can deliver each record exactly once. As {@link
   * #check}; runs only where exactly once is asked for.
   *
   * <p>A source can if it goes on exactly behind any position that came with a batch: what is
   * polled anew from there is what was polled before. A sink can if its target keeps the positions
   * in one transaction with the records, see {@link SinkType#newTransactionalTask}.
   *
   * @throws ConnectorException of category {@link ErrorCategory#CONFIGURATION} with the reason if
   *     it can't, which is the answer unless a type says otherwise
   */
  default void checkExactlyOnce(Options options) {
    throw cannotBeExact("there is no way to tell what has arrived already");
  }

  /**
   * The answer of a type that can't deliver exactly once.
   *
   * @param reason goes on after a colon, without a full stop
   */
  static ConnectorException cannotBeExact(String reason) {
    return ConnectorException.configuration(
        "exactly-once-unsupported",
        "This type of connector can't deliver exactly once: " + reason + ".",
        "Use 'delivery: at-least-once', under which a record may be repeated after a failure.");
  }
}
