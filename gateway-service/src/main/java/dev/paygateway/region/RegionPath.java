package dev.paygateway.region;

import dev.paygateway.payment.Time;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;

/**
 * {@code /health/region} on the management port, the short name of the health group, and {@link
 * TrafficPath}. Listed for the management context under {@code META-INF/spring}; without an
 * annotation that a scan of the main context would find.
 */
class RegionPath {
    private static final String SHORT = "/health/region";
    private static final String FULL = "/actuator/health/region";

    @Bean
    ServletRegistrationBean<HttpServlet> regionPath() {
        return new ServletRegistrationBean<>(new Forward(), SHORT);
    }

    @Bean
    @ConditionalOnBean(Traffic.class)
    FilterRegistrationBean<TrafficPath> trafficPath(
            Traffic traffic, Time time, RegionSettings settings) {
        var path = new TrafficPath(traffic, time, settings.operators());
        var registration = new FilterRegistrationBean<>(path);
        registration.addUrlPatterns(TrafficPath.PATH);
        return registration;
    }

    private static final class Forward extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            request.getRequestDispatcher(FULL).forward(request, response);
        }
    }
}
