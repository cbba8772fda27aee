package dev.paygateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * Goal: whoever turns the whole log up to find a fault puts no card into it.
 *
 * <p>Method: the service's own configuration with root at TRACE; the acquirers' HTTP client sends a
 * card, and all that is logged meanwhile is searched.
 */
class LogLevelsTest {
    private static final String CARD = "4242424242424242";

    /** An application without anything in it. */
    static final class Nothing {}

    @BeforeAll
    static void turnUp() {
        new SpringApplicationBuilder(Nothing.class)
                .web(WebApplicationType.NONE)
                .run("--logging.level.root=TRACE", "--gateway.instance=test")
                .close();
    }

    @AfterAll
    static void turnDown() {
        LoggingSystem.get(LogLevelsTest.class.getClassLoader())
                .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
    }

    @Test
    void noCardOnItsWayToAnAcquirerIsLogged() throws IOException {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        server.start();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        root.addAppender(log);
        try (var http = HttpClients.createDefault()) {
            root.trace("the log is up");
            var post = new HttpPost("http://127.0.0.1:" + server.getAddress().getPort());
            post.setEntity(new ByteArrayEntity(CARD.getBytes(UTF_8), ContentType.TEXT_PLAIN));
            assertThat(http.execute(post, HttpResponse::getCode)).isEqualTo(200);
        } finally {
            root.detachAppender(log);
            log.stop();
            server.stop(0);
        }
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .contains("the log is up")
                .noneMatch(line -> line.contains(CARD));
    }

    /** They name addresses or quote requests. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.coyote.http11.Http11InputBuffer",
                "org.springframework.web.servlet.DispatcherServlet"
            })
    void keepsTalkersQuiet(String logger) {
        assertThat(LoggerFactory.getLogger(logger).isEnabledForLevel(Level.DEBUG)).isFalse();
    }
}
