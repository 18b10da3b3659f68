package dev.sluice.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(InMemoryPorts.class)
class OpenApiTest {

  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

  private static final String PATH = "/q/openapi?format=json";
  private static final Path COMMITTED = Path.of("..", "admin-ui", "openapi.json");
  private static final Path TYPES = Path.of("..", "admin-ui", "connector-types.json");

  @Test
  void everyOperationIsDescribedWithItsSuccessAndItsProblems() throws Exception {
    JsonNode api = new ObjectMapper().readTree(given().get(PATH).asByteArray());
    List<String> wanting = new ArrayList<>();
    int operations = 0;
    for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (METHODS.contains(method.getKey())) {
          operations++;
          check(method.getKey() + " " + path.getKey(), method.getValue(), wanting);
        }
      }
    }
    assertThat(wanting).isEmpty();
    assertThat(operations).isGreaterThan(30);
    assertThat(api.at("/components/schemas/Problem/properties/suggestion").isMissingNode())
        .isFalse();
  }

  @Test
  void theDescriptionThatTheUiIsBuiltFromIsOfThisVersion() throws Exception {
    expectCommitted(COMMITTED, new ObjectMapper().readTree(given().get(PATH).asByteArray()));
  }

  @Test
  void theTypesWhoseFormsTheUiIsTestedWithAreThoseOfThisVersion() throws Exception {
    JsonNode types =
        new ObjectMapper().readTree(given().get("/api/v1/connector-types").asByteArray());
    // It is known only of types that come from archives, which depends on how the build runs.
    types.forEach(type -> ((ObjectNode) type).remove("version"));
    expectCommitted(TYPES, types);
  }

  private static void expectCommitted(Path committed, JsonNode served) throws IOException {
    if ("write".equals(System.getProperty("openapi"))) {
      Files.writeString(committed, served.toPrettyString() + "\n");
    }
    assertThat(new ObjectMapper().readTree(committed.toFile()))
        .as("%s; bring it up to date with -Dtest=OpenApiTest -Dopenapi=write", committed)
        .isEqualTo(served);
  }

  @Test
  void saysWhichMembersAreAlwaysThere() throws Exception {
    JsonNode schemas =
        new ObjectMapper().readTree(given().get(PATH).asByteArray()).at("/components/schemas");
    assertThat(schemas.at("/Problem/required"))
        .extracting(JsonNode::asText)
        .contains("code", "detail")
        .doesNotContain("suggestion", "error_code");
    assertThat(schemas.at("/Topic/required"))
        .as("its own members, not those of its settings, which may be absent")
        .extracting(JsonNode::asText)
        .contains("name", "records")
        .doesNotContain("settings", "retention");
    assertThat(schemas.at("/Connector/required"))
        .as("also those of its summary")
        .extracting(JsonNode::asText)
        .contains("config", "state", "lag")
        .doesNotContain("error");
  }

  private static void check(String name, JsonNode operation, List<String> wanting) {
    if (operation.path("summary").asText().isBlank()
        || operation.path("description").asText().isBlank()) {
      wanting.add(name + ": summary or description");
    }
    JsonNode responses = operation.path("responses");
    boolean problem =
        responses.findValues("content").stream()
            .anyMatch(content -> content.has("application/problem+json"));
    if (!problem) {
      wanting.add(name + ": problem");
    }
    boolean success = responses.properties().stream().anyMatch(r -> r.getKey().startsWith("2"));
    if (!success && !responses.has("409")) {
      wanting.add(name + ": success");
    }
    boolean bodies =
        responses.properties().stream()
            .filter(r -> r.getKey().equals("200") || r.getKey().equals("201"))
            .allMatch(r -> r.getValue().has("content"));
    if (!bodies) {
      wanting.add(name + ": schema of the answer");
    }
  }
}
