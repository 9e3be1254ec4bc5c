/*
 * A sound card for ALSA whose clock runs apart from the room's: it records a
 * 1 kHz beep in the first 0.2 s of each second, and gives more or fewer than
 * 48000 samples a second. Above it everything is as with a real card.
 *
 * Parameters in the configuration: ppm (how much faster its clock runs) and
 * epoch (CLOCK_MONOTONIC milliseconds at which a second begins).
 * ALSA's side: alsa-lib, "External PCM plugins: I/O plugin".
 */
#include <alsa/asoundlib.h>
#include <alsa/pcm_external.h>
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/timerfd.h>
#include <time.h>

#define RATE 48000
#define BEEP_HZ 1000.0
#define LASTS_S 0.2
#define LOUDNESS (0.5 * 32767)
#define TICK_NS 5000000

struct card {
	snd_pcm_ioplug_t io;
	double rate;     /* samples in one second of the room */
	double epoch;    /* s */
	double started;  /* s */
	uint64_t given;  /* samples handed over since then */
};

static double now(void)
{
	struct timespec at;
	clock_gettime(CLOCK_MONOTONIC, &at);
	return at.tv_sec + at.tv_nsec / 1e9;
}

static int start(snd_pcm_ioplug_t *io)
{
	struct card *card = io->private_data;
	const struct itimerspec every = {{0, TICK_NS}, {0, TICK_NS}};
	card->started = now();
	card->given = 0;
	return timerfd_settime(io->poll_fd, 0, &every, NULL) < 0 ? -errno : 0;
}

static int stop(snd_pcm_ioplug_t *io)
{
	const struct itimerspec never = {{0, 0}, {0, 0}};
	return timerfd_settime(io->poll_fd, 0, &never, NULL) < 0 ? -errno : 0;
}

static snd_pcm_sframes_t pointer(snd_pcm_ioplug_t *io)
{
	struct card *card = io->private_data;
	const uint64_t taken = (uint64_t)((now() - card->started) * card->rate);
	return taken - card->given > io->buffer_size ? -EPIPE : (snd_pcm_sframes_t)(taken % io->buffer_size);
}

static int16_t sample(const struct card *card, uint64_t number)
{
	const double at = card->started + number / card->rate - card->epoch;
	const double second = at - floor(at);
	return second < LASTS_S ? (int16_t)lrint(LOUDNESS * cos(2 * M_PI * BEEP_HZ * second)) : 0;
}

static snd_pcm_sframes_t transfer(snd_pcm_ioplug_t *io, const snd_pcm_channel_area_t *areas, snd_pcm_uframes_t offset, snd_pcm_uframes_t size)
{
	struct card *card = io->private_data;
	for (snd_pcm_uframes_t i = 0; i < size; i++, card->given++)
		for (unsigned channel = 0; channel < io->channels; channel++) {
			const snd_pcm_channel_area_t *area = &areas[channel];
			*(int16_t *)((char *)area->addr + (area->first + (offset + i) * area->step) / 8) = sample(card, card->given);
		}
	return (snd_pcm_sframes_t)size;
}

static int poll_revents(snd_pcm_ioplug_t *io, struct pollfd *fds, unsigned count, unsigned short *revents)
{
	uint64_t ticks;
	(void)count;
	*revents = fds[0].revents;
	if (read(io->poll_fd, &ticks, sizeof ticks) < 0 && errno != EAGAIN) return -errno;
	return 0;
}

static int close_card(snd_pcm_ioplug_t *io)
{
	close(io->poll_fd);
	free(io->private_data);
	return 0;
}

static const snd_pcm_ioplug_callback_t CALLS = {
	.start = start, .stop = stop, .pointer = pointer, .transfer = transfer, .poll_revents = poll_revents, .close = close_card,
};

static int constrain(snd_pcm_ioplug_t *io)
{
	static const unsigned access = SND_PCM_ACCESS_RW_INTERLEAVED, format = SND_PCM_FORMAT_S16_LE;
	int error = snd_pcm_ioplug_set_param_list(io, SND_PCM_IOPLUG_HW_ACCESS, 1, &access);
	if (error >= 0) error = snd_pcm_ioplug_set_param_list(io, SND_PCM_IOPLUG_HW_FORMAT, 1, &format);
	if (error >= 0) error = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_CHANNELS, 1, 2);
	if (error >= 0) error = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_RATE, RATE, RATE);
	if (error >= 0) error = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_PERIOD_BYTES, 256, 32768);
	if (error >= 0) error = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_BUFFER_BYTES, 1024, 262144);
	return error;
}

SND_PCM_PLUGIN_DEFINE_FUNC(skewed)
{
	struct card *card = calloc(1, sizeof *card);
	double ppm = 0, epoch = 0;
	snd_config_iterator_t at, next;
	(void)root;
	if (card == NULL) return -ENOMEM;
	snd_config_for_each(at, next, conf) {
		const snd_config_t *field = snd_config_iterator_entry(at);
		const char *id;
		if (snd_config_get_id(field, &id) < 0) continue;
		if (strcmp(id, "ppm") == 0) snd_config_get_ireal(field, &ppm);
		if (strcmp(id, "epoch") == 0) snd_config_get_ireal(field, &epoch);
	}
	card->rate = RATE * (1 + ppm / 1e6);
	card->epoch = epoch / 1000;
	card->io.version = SND_PCM_IOPLUG_VERSION;
	card->io.name = "A sound card whose clock is skewed";
	card->io.callback = &CALLS;
	card->io.private_data = card;
	card->io.poll_fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	card->io.poll_events = POLLIN;
	int error = card->io.poll_fd < 0 ? -errno : snd_pcm_ioplug_create(&card->io, name, stream, mode);
	if (error >= 0) {
		error = constrain(&card->io);
		if (error < 0) snd_pcm_ioplug_delete(&card->io);
	} else free(card);
	if (error < 0) return error;
	*pcmp = card->io.pcm;
	return 0;
}
SND_PCM_PLUGIN_SYMBOL(skewed);
