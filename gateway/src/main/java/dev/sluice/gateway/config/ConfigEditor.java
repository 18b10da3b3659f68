package dev.sluice.gateway.config;

import dev.sluice.gateway.log.TopicDescription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The files of the configuration that is in force, for those who change them from afar. Texts are
 * as people may see them: with secrets covered. What is written is applied at once, in step with
 * the look-out for changes. Thread-safe.
 */
public final class ConfigEditor {

  private final ConfigSources sources;
  private final Applier applier;

  /**
   * An editor of a running gateway's configuration.
   *
   * @param fileOrDirectory what the gateway was started with
   */
  public ConfigEditor(
      ConfigLoader loader, Path fileOrDirectory, Environment environment, Applier applier) {
    this(new ConfigSources(loader, fileOrDirectory, environment), applier);
  }

  ConfigEditor(ConfigSources sources, Applier applier) {
    this.sources = sources;
    this.applier = applier;
  }

  /** Who applies a configuration. Thread-safe. */
  public interface Applier {

    /** The configuration that is in force; empty while the gateway starts. */
    Optional<GatewayConfig> applied();

    /** Connectors that are there beside it, by name. */
    Map<String, ConnectorSpec> madeOverHttp();

    /** The topics that are there, by name. */
    Map<String, TopicDescription> topicsNow();

    /** What applying a configuration would change. */
    default ConfigPlan plan(GatewayConfig next) {
      return applied()
          .map(now -> ConfigPlan.between(now, next))
          .orElseGet(() -> ConfigPlan.first(next))
          .over(topicsNow(), next)
          .replacing(madeOverHttp(), next);
    }

    /**
     * Changes the files, and applies at once what they hold then, on behalf of the caller.
     *
     * @param change tells whether it has changed anything
     * @param done hears of why it could not be applied, if it could not; on the calling thread
     */
    void change(BooleanSupplier change, Consumer<Optional<String>> done);
  }

  /** What came of a check. */
  public sealed interface Checked {

    /** There are mistakes. */
    record Mistakes(List<Problem> problems) implements Checked {}

    /** It could be applied, apart from the plan's conflicts. */
    record Planned(ConfigPlan plan) implements Checked {}
  }

  /** What came of writing. Nothing is written unless it says so. */
  public sealed interface Written {

    /** It is durable and in force. */
    record Applied(String version, ConfigPlan plan) implements Written {}

    /** There are mistakes. */
    record Mistakes(List<Problem> problems) implements Written {}

    /** Something in it can't be done to what is there. */
    record Conflicts(List<String> conflicts) implements Written {}

    /** The files are another version now. */
    record Stale() implements Written {}

    /** A file can't be written, for this reason. */
    record ReadOnly(String file, String reason) implements Written {}

    /** It is written, and could not be applied as a whole. */
    record Failed(String reason) implements Written {}

    /**
     * Some files are new, perhaps not durably. What was there then has been applied.
     *
     * @param written the names of the files that are new
     * @param left the names of those that are as before
     * @param reason why not all could be written
     * @param notApplied why what is there could not be applied as a whole; empty if it was
     */
    record Partly(
        List<String> written, List<String> left, String reason, Optional<String> notApplied)
        implements Written {}
  }

  /**
   * The files as they are now.
   *
   * @throws IOException if the directory can't be listed
   */
  public ConfigSources.Listing files() throws IOException {
    return sources.list();
  }

  /**
   * What changed files would do; writes nothing.
   *
   * @param changed new texts by the names of files
   * @throws java.util.NoSuchElementException if there is no such file; its message is the name
   * @throws IOException if the directory can't be listed
   */
  public Checked check(Map<String, String> changed) throws IOException {
    return switch (sources.check(changed, Optional.empty())) {
      case ConfigSources.Draft.Invalid invalid -> new Checked.Mistakes(invalid.problems());
      case ConfigSources.Draft.Valid valid -> new Checked.Planned(applier.plan(valid.config()));
      case ConfigSources.Draft.Stale impossible ->
          throw new IllegalStateException("No version was asked for.");
    };
  }

  /**
   * Writes changed files, and applies them before it returns.
   *
   * @param version that the texts were made from
   * @param changed as for {@link #check}
   * @throws java.util.NoSuchElementException as for {@link #check}
   * @throws IOException if no file can be written; nothing is applied then
   */
  public Written write(String version, Map<String, String> changed) throws IOException {
    Attempt attempt = new Attempt(version, changed);
    try {
      applier.change(attempt::write, attempt::applied);
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
    return attempt.outcome;
  }

  /** One attempt to change files, on one thread. */
  private final class Attempt {

    private final String version;
    private final Map<String, String> changed;
    private Written outcome = new Written.Stale();
    private ConfigPlan plan = new ConfigPlan(List.of(), List.of(), List.of(), List.of());

    Attempt(String version, Map<String, String> changed) {
      this.version = version;
      this.changed = changed;
    }

    /** Whether any file was written; if not, the outcome says why. */
    boolean write() {
      try {
        for (ConfigSources.SourceFile file : sources.list().files()) {
          String readOnly = file.readOnly();
          if (readOnly != null && changed.containsKey(file.name())) {
            outcome = new Written.ReadOnly(file.name(), readOnly);
            return false;
          }
        }
        return switch (sources.check(changed, Optional.of(version))) {
          case ConfigSources.Draft.Stale stale -> false;
          case ConfigSources.Draft.Invalid invalid -> {
            outcome = new Written.Mistakes(invalid.problems());
            yield false;
          }
          case ConfigSources.Draft.Valid valid -> write(valid);
        };
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    private boolean write(ConfigSources.Draft.Valid valid) throws IOException {
      plan = applier.plan(valid.config());
      if (!plan.conflicts().isEmpty()) {
        outcome = new Written.Conflicts(plan.conflicts());
        return false;
      }
      try {
        sources.write(valid);
      } catch (PartlyWrittenException partly) {
        outcome =
            new Written.Partly(
                partly.written(),
                partly.left(),
                String.valueOf(partly.getMessage()),
                Optional.empty());
      }
      return true;
    }

    /** Hears of why what was written could not be applied, if it could not. */
    void applied(Optional<String> failure) {
      outcome =
          outcome instanceof Written.Partly partly
              ? new Written.Partly(partly.written(), partly.left(), partly.reason(), failure)
              : failure
                  .<Written>map(Written.Failed::new)
                  .orElseGet(() -> new Written.Applied(versionNow(), plan));
    }
  }

  private String versionNow() {
    try {
      return sources.list().version();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
