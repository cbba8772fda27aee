package dev.paygateway.edge;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API's own description; any valid token may read it. */
@RestController
final class DocumentController {
    private final Resource document = new ClassPathResource("openapi.yaml");

    @GetMapping("/openapi.yaml")
    ResponseEntity<Resource> openApi(HttpServletRequest request) {
        ListQuery.none(request);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/yaml"))
                .body(document);
    }
}
