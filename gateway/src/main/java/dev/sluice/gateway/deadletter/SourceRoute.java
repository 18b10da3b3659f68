package dev.sluice.gateway.deadletter;

import dev.sluice.connector.ConnectorException;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.connect.transform.Passage;
import dev.sluice.gateway.connect.transform.Template;
import dev.sluice.gateway.connect.transform.Transforms;
import dev.sluice.gateway.connect.value.Values;
import dev.sluice.gateway.log.NewRecord;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The way of a source's records into a topic, as in its own work: transforms, then the templates
 * for topic and key. Its parser is not on it, so a letter counts as what the parser would have
 * made. Belongs to one thread.
 */
final class SourceRoute {

  private final String name;
  private final Template topic;
  private final @Nullable Template key;
  private final Transforms transforms;

  /**
   * The way that the source goes.
   *
   * @throws ConnectorException of category CONFIGURATION if a transform or template is malformed
   */
  SourceRoute(ConnectorSpec source) {
    this.name = source.name();
    this.topic = Template.parse(Objects.requireNonNull(source.topic(), "topic of a source"));
    String keyTemplate = source.key();
    this.key = keyTemplate == null ? null : Template.parse(keyTemplate);
    this.transforms = Transforms.compile(source.transforms());
  }

  /**
   * What becomes of the content.
   *
   * @throws ConnectorException of category DATA if it fails as the letter did
   */
  Route route(Letter letter, NewRecord content) {
    Passage passage =
        Passage.in(content.timestampMillis(), content.headers(), letter.place())
            .with(content.key(), content.value());
    if (!transforms.apply(passage)) {
      return new Route.Refused(
          "letter-filtered",
          "A filter of '%s' drops it; change the value, name a topic, or discard it."
              .formatted(name));
    }
    String chosen = passage.topic();
    String target = chosen == null ? topic.resolve(passage) : chosen;
    Object keyObject = key == null ? passage.key() : key.resolve(passage);
    return new Route.Send(
        target,
        new NewRecord(
            content.timestampMillis(),
            Values.bytes(keyObject),
            Values.bytes(passage.value()),
            content.headers()),
        target,
        true);
  }
}
