/**
 * The classroom, drawn once all the way round: 360° of walls as the camera at
 * the back of the class sees them, in degrees. Pan 0 is the whiteboard, −90 the
 * windows, +90 the door, ±180 the wall behind, which a parked camera sees.
 */
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { fromRgba, type Planes } from './planes.js';

/** What is drawn, in degrees above the horizon. */
export const TOP = 50;
const BOTTOM = -40;
const CEILING = 24;
const FLOOR = -13;

/** @param pixelsPerDegree at the widest zoom; the drawing is 360 by 90 times as large. */
export function drawRoom(pixelsPerDegree: number): Planes {
  const width = Math.round((360 * pixelsPerDegree) / 8) * 8;
  const height = Math.round(((TOP - BOTTOM) * pixelsPerDegree) / 2) * 2;
  const canvas = createCanvas(width, height);
  const draw = canvas.getContext('2d');
  draw.scale(width / 360, height / (TOP - BOTTOM));
  draw.translate(180, TOP); // pan in degrees; heights below are negated, as a canvas counts downward
  for (const part of [walls, whiteboard, frontWall, windowWall, doorWall, backWall, pupils]) part(draw);
  return fromRgba(draw.getImageData(0, 0, width, height).data, width, height);
}

/** A filled rectangle between two pans and two heights. */
function block(draw: SKRSContext2D, colour: string, left: number, top: number, right: number, bottom: number): void {
  draw.fillStyle = colour;
  draw.fillRect(left, -top, right - left, top - bottom);
}

function disc(draw: SKRSContext2D, colour: string, pan: number, height: number, across: number, down: number = across): void {
  draw.fillStyle = colour;
  draw.beginPath();
  draw.ellipse(pan, -height, across, down, 0, 0, 2 * Math.PI);
  draw.fill();
}

function write(draw: SKRSContext2D, colour: string, size: number, pan: number, height: number, words: string): void {
  draw.fillStyle = colour;
  draw.font = `${size}px sans-serif`;
  draw.textAlign = 'left';
  draw.fillText(words, pan, -height);
}

function walls(draw: SKRSContext2D): void {
  block(draw, '#e9e6df', -180, TOP, 180, CEILING);
  block(draw, '#d8cfbd', -180, CEILING, 180, FLOOR);
  block(draw, '#8d7a63', -180, FLOOR, 180, BOTTOM);
  block(draw, '#bfae92', -180, FLOOR + 1.2, 180, FLOOR);
  for (let pan = -170; pan < 180; pan += 20) block(draw, '#fbfaf5', pan, 40, pan + 10, 37);
  for (const corner of [-135, -45, 45, 135]) {
    block(draw, '#c9bea9', corner - 6, CEILING, corner, FLOOR + 1.2);
    block(draw, '#b5a98f', corner - 0.15, CEILING, corner + 0.15, FLOOR);
  }
}

function whiteboard(draw: SKRSContext2D): void {
  block(draw, '#6e6a62', -17.6, 13.6, 17.6, -4.6);
  block(draw, '#f7f8f6', -17, 13, 17, -4);
  block(draw, '#6e6a62', -17, -4, 17, -5.2);
  write(draw, '#22508c', 3, -15, 9, 'Fractions');
  write(draw, '#222222', 2.4, -15, 4.6, '½ + ¼ = ¾');
  write(draw, '#222222', 2.4, -15, 0.8, '⅓ + ⅙ = ?');
  const slices = ['#c94f3d', '#e9b44c', '#e9b44c', '#e9b44c'];
  for (const [i, colour] of slices.entries()) {
    draw.fillStyle = colour;
    draw.beginPath();
    draw.moveTo(11, -5);
    draw.arc(11, -5, 4, (i * Math.PI) / 2, ((i + 1) * Math.PI) / 2);
    draw.fill();
  }
}

function frontWall(draw: SKRSContext2D): void {
  for (const [i, colour] of ['#7fa6c9', '#c98f7f', '#8fb98a'].entries()) {
    block(draw, '#ffffff', -40 + i * 6.6, 12, -34.6 + i * 6.6, 4);
    block(draw, colour, -39.5 + i * 6.6, 11.5, -35.1 + i * 6.6, 6.5);
    block(draw, '#999999', -39.2 + i * 6.6, 5.8, -36 + i * 6.6, 5.2);
  }
  disc(draw, '#40434a', 24, 11, 2.4);
  disc(draw, '#fdfdfd', 24, 11, 2);
  block(draw, '#40434a', 23.9, 12.6, 24.1, 11);
  block(draw, '#40434a', 24, 11.1, 25.2, 10.9);
  block(draw, '#8a5f38', 21, -7, 35, -8.4);
  block(draw, '#75502f', 22, -8.4, 34, -14);
  block(draw, '#2f3238', 25, -2.5, 30.5, -6.2);
  block(draw, '#2f3238', 27.3, -6.2, 28.2, -7);
  disc(draw, '#4e7f4a', 39.5, -4, 3, 4.6);
  block(draw, '#a8553d', 37.9, -8.5, 41.1, -14);
}

function windowWall(draw: SKRSContext2D): void {
  for (const left of [-126, -108, -90, -72]) {
    block(draw, '#f4f2ec', left, 18, left + 15, -6);
    block(draw, '#a9cfe8', left + 0.8, 17.2, left + 14.2, -5.2);
    disc(draw, '#7ba26a', left + 5, -3.4, 4.4, 3);
    disc(draw, '#6b955b', left + 10, -4, 3.8, 2.2);
    block(draw, '#a9cfe8', left + 0.8, -5.2, left + 14.2, -5.3);
    block(draw, '#f4f2ec', left + 7.2, 17.2, left + 7.8, -5.2);
    block(draw, '#f4f2ec', left - 0.5, -5.2, left + 15.5, -7);
    for (let rib = 0; rib < 8; rib++) block(draw, '#eeeeea', left + 1 + rib * 1.7, -7.8, left + 2.2 + rib * 1.7, -12);
  }
}

function doorWall(draw: SKRSContext2D): void {
  block(draw, '#6b4a2e', 68.6, 13, 83.4, FLOOR);
  block(draw, '#9a6b42', 69.4, 12.2, 82.6, FLOOR);
  block(draw, '#bcd3dd', 77, 9, 80.5, -2);
  disc(draw, '#d9c27a', 71.2, -1, 0.6);
  block(draw, '#2b2d31', 86, 8, 93, 2);
  block(draw, '#f2f1ea', 86.6, 7.4, 92.4, 3.4);
  disc(draw, '#7d2a22', 89.5, 9.6, 1);
  block(draw, '#7b5a3c', 100, 6, 126, FLOOR);
  const spines = ['#3f6c8f', '#a6463c', '#d6b04a', '#5f8a55', '#7a5a8c', '#c9c2b0'];
  for (const shelf of [5.2, -1, -7.2]) {
    block(draw, '#5d432c', 101, shelf, 125, shelf - 5.4);
    for (let book = 0; book < 15; book++) {
      block(draw, spines[(book * 5 + Math.round(shelf)) % spines.length] ?? '#c9c2b0', 101.4 + book * 1.55, shelf - 0.7 - (book % 3) * 0.6, 102.7 + book * 1.55, shelf - 5.4);
    }
  }
}

function backWall(draw: SKRSContext2D): void {
  for (const side of [-180, 180]) {
    block(draw, '#b9ad97', side - 45, -4, side + 45, -5);
    block(draw, '#8c6d4c', side - 34, 5, side + 34, 4);
    for (let hook = -32; hook <= 32; hook += 4) disc(draw, '#5a5f66', side + hook, 3.6, 0.35, 0.8);
  }
}

function pupils(draw: SKRSContext2D): void {
  const hair = ['#3a2a1e', '#6b4a2b', '#1e1a18', '#a8793f', '#4a2f22'];
  const rows = [{ height: -14.6, size: 2, gap: 8.5, from: -36 }, { height: -23, size: 3, gap: 12.5, from: -42 }];
  for (const { height, size, gap, from } of rows) {
    block(draw, '#b98d5c', from - 4, height - size * 1.6, -from + 4, height - size * 2.3);
    for (let seat = 0; from + seat * gap <= -from; seat++) {
      const pan = from + seat * gap;
      disc(draw, '#2e5b4b', pan, height - size * 2.5, size * 1.5, size * 1.9);
      disc(draw, hair[(seat * 3 + size) % hair.length] ?? '#3a2a1e', pan, height, size * 0.92, size * 1.1);
    }
    block(draw, '#8d7a63', from - 6, height - size * 4.4, -from + 6, height - size * 5);
  }
}
