package dev.sluice.gateway.config;

import java.util.List;
import java.util.random.RandomGenerator;

/** Makes configuration files with secrets in all kinds of places and quotes. */
final class SecretYaml {

  /** What every secret begins with, and nothing else contains. */
  static final String SECRET = "zz9";

  private static final List<String> TAILS =
      List.of(
          "plain",
          "-_./+",
          "a b",
          "a: b",
          "a #b",
          "a, b",
          "'",
          "\"",
          "}{",
          "\u00e9\uD83D\uDC1F",
          "&*!|");

  private final RandomGenerator random;

  SecretYaml(RandomGenerator random) {
    this.random = random;
  }

  String write() {
    StringBuilder yaml = new StringBuilder();
    comment(yaml, "");
    yaml.append("topics: {a: {}, \"b c\": {}}\nconnectors:\n");
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      comment(yaml, "  ");
      yaml.append("  c").append(i).append(":\n");
      yaml.append("    source: ").append(pick(List.of("postgres-cdc", "mqtt", "unknown")));
      yaml.append("\n    topic: t").append(random.nextInt(9)).append('\n');
      if (random.nextBoolean()) {
        yaml.append("    config: {url: x, password: ").append(flow()).append(", port: 1}\n");
      } else {
        yaml.append("    config:\n      password: ").append(block()).append('\n');
        comment(yaml, "      ");
        yaml.append("      url: ").append(url()).append('\n');
      }
    }
    return yaml.toString();
  }

  private void comment(StringBuilder yaml, String indent) {
    if (random.nextInt(3) == 0) {
      yaml.append(indent).append("# ");
      yaml.append(random.nextBoolean() ? "password: " + secret() : "see " + url());
      yaml.append('\n');
    }
  }

  private String url() {
    return "postgresql://anna:" + SECRET + random.nextInt(100) + "@host/db?password=" + SECRET;
  }

  private String block() {
    return switch (random.nextInt(4)) {
      case 0 -> "|\n        " + secret() + "\n        " + secret();
      case 1 -> ">-\n        " + secret() + "\n\n        " + secret() + "\n";
      case 2 -> SECRET + "\n        " + SECRET + "x  # a comment";
      default -> flow();
    };
  }

  private String flow() {
    String secret = secret();
    return switch (random.nextInt(3)) {
      case 0 -> "'" + secret.replace("'", "''") + "'";
      case 1 -> "\"" + secret.replace("\"", "\\\"") + "\"";
      default -> SECRET + random.nextInt(1000);
    };
  }

  private String secret() {
    return SECRET + pick(TAILS);
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
