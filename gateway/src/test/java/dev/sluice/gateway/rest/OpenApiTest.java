package dev.sluice.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(InMemoryPorts.class)
class OpenApiTest {

  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

  @Test
  void everyOperationIsDescribedWithItsSuccessAndItsProblems() throws Exception {
    JsonNode api = new ObjectMapper().readTree(given().get("/q/openapi?format=json").asByteArray());
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
