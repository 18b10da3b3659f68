package dev.sluice.gateway.config;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ConnectorType;
import dev.sluice.connector.Options;
import dev.sluice.connector.SinkTask;
import dev.sluice.connector.SinkType;
import dev.sluice.connector.SourceTask;
import dev.sluice.connector.SourceType;
import java.util.List;
import java.util.function.Consumer;

/** Connector types with options like those of real ones; they make no tasks. */
final class TestTypes {

  private static final String POSTGRES =
      """
      {
        "type": "object",
        "additionalProperties": false,
        "required": ["url"],
        "properties": {
          "url": {"type": "string", "title": "URL", "description": "The database's address.",
                  "minLength": 1, "examples": ["postgresql://localhost/shop"]},
          "user": {"type": "string", "title": "User", "description": "Who signs in."},
          "password": {"type": "string", "title": "Password", "description": "With what.",
                       "writeOnly": true, "maxLength": 40},
          "port": {"type": "integer", "title": "Port", "description": "The database's port.",
                   "minimum": 1, "maximum": 65535, "default": 5432},
          "tables": {"title": "Tables", "description": "Tables to capture; all if it is missing.",
                     "anyOf": [{"type": "string"}, {"$ref": "#/$defs/names"}]},
          "slot": {"type": "string", "title": "Slot", "description": "Replication slot.",
                   "pattern": "^[a-z0-9_]+$", "default": "sluice"},
          "snapshot": {"type": "boolean", "title": "Snapshot", "description": "Copy first.",
                       "default": true},
          "poll": {"type": "string", "format": "duration", "title": "Poll",
                   "description": "How often to look.", "default": "500ms"},
          "buffer": {"type": "string", "format": "size", "title": "Buffer",
                     "description": "Memory for rows on their way.", "default": "8MiB"},
          "properties": {"type": "object", "title": "Properties",
                         "description": "Passed to the driver.",
                         "additionalProperties": {"type": "string"}}
        },
        "$defs": {"names": {"type": "array", "minItems": 1, "items": {"type": "string"}}}
      }
      """;

  private static final String MQTT =
      """
      {
        "type": "object",
        "additionalProperties": false,
        "required": ["url", "subscribe"],
        "properties": {
          "url": {"type": "string", "title": "URL", "description": "The broker's address.",
                  "examples": ["tcp://localhost:1883"]},
          "subscribe": {"type": "string", "title": "Subscribe", "description": "A topic filter.",
                        "examples": ["plant/+/temperature"]},
          "qos": {"type": "integer", "title": "QoS", "description": "Quality of service.",
                  "enum": [0, 1, 2], "default": 1},
          "password": {"type": "string", "title": "Password", "description": "With what.",
                       "writeOnly": true}
        }
      }
      """;

  private static final String JDBC =
      """
      {
        "type": "object",
        "additionalProperties": false,
        "required": ["url", "table"],
        "properties": {
          "url": {"type": "string", "title": "URL", "description": "The JDBC URL.",
                  "examples": ["jdbc:h2:./warehouse"]},
          "table": {"type": "string", "title": "Table", "description": "The table to write to.",
                    "examples": ["{topic}"]},
          "mode": {"title": "Mode", "description": "How rows are written.",
                   "enum": ["insert", "upsert"], "default": "insert"},
          "key-columns": {"type": "array", "items": {"type": "string"}, "title": "Key columns",
                          "description": "What identifies a row."},
          "password": {"type": "string", "title": "Password", "description": "With what.",
                       "writeOnly": true},
          "batch": {"type": "integer", "minimum": 1, "title": "Batch",
                    "description": "Most records in a batch.", "default": 500}
        }
      }
      """;

  private static final String FILE =
      """
      {
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "path": {"type": "string", "title": "Path", "description": "A file to follow."},
          "directory": {"type": "string", "title": "Directory", "description": "A folder to read."},
          "format": {"title": "Format", "description": "What is in the files.",
                     "enum": ["lines", "csv", "json-lines"], "default": "lines"}
        }
      }
      """;

  static final ConnectorTypes ALL =
      new ConnectorTypes(
          List.of(
              new Source("postgres-cdc", POSTGRES, options -> {}),
              new Source("mqtt", MQTT, options -> {}),
              new Source("file", FILE, TestTypes::eitherPathOrDirectory)),
          List.of(
              new Sink("jdbc", JDBC, TestTypes::upsertNeedsKeys),
              new Sink("file", FILE, options -> {}),
              new Sink(
                  "console", "{\"type\": \"object\", \"additionalProperties\": false}", o -> {})));

  private TestTypes() {}

  private static void eitherPathOrDirectory(Options options) {
    if (options.has("path") == options.has("directory")) {
      throw ConnectorException.configuration(
          "file-where",
          options.has("path")
              ? "The options 'path' and 'directory' exclude each other."
              : "Neither 'path' nor 'directory' is given.",
          "Give one of them.");
    }
  }

  private static void upsertNeedsKeys(Options options) {
    if (options.string("mode").equals("upsert") && options.strings("key-columns").isEmpty()) {
      throw ConnectorException.configuration(
          "jdbc-keys",
          "The mode 'upsert' at " + options.string("url") + " needs 'key-columns'.",
          "Name the columns that identify a row.");
    }
  }

  private record Source(String name, String optionsSchema, Consumer<Options> checks)
      implements SourceType {
    @Override
    public String title() {
      return name;
    }

    @Override
    public String description() {
      return "A source for tests.";
    }

    @Override
    public void check(Options options) {
      checks.accept(options);
    }

    @Override
    public void checkExactlyOnce(Options options) {
      if (!name.equals("file")) {
        throw ConnectorType.cannotBeExact("what was read can't be read again");
      }
    }

    @Override
    public SourceTask newTask() {
      throw new UnsupportedOperationException("configuration starts nothing");
    }
  }

  private record Sink(String name, String optionsSchema, Consumer<Options> checks)
      implements SinkType {
    @Override
    public String title() {
      return name;
    }

    @Override
    public String description() {
      return "A sink for tests.";
    }

    @Override
    public void check(Options options) {
      checks.accept(options);
    }

    @Override
    public SinkTask newTask() {
      throw new UnsupportedOperationException("configuration starts nothing");
    }
  }
}
